"""Claims about charts in a real browser: Streamlit lets all of a chart through, and nothing covers anything at any width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import harness
from tests.browser.test_accessibility import findings
from tests.parts.test_charts import CHARTS
from tests.parts.test_html import tags

pytestmark = pytest.mark.browser
SCRIPT = """
import streamlit as st
from pages.parts.charts import CSS
from tests.parts.test_charts import CHARTS
st.set_page_config(layout="wide")
st.html(CSS.with_name("app.css"))
st.html(CSS)
st.title("Wykresy")
for name in CHARTS:
    st.html(CHARTS[name]())
"""
WIDTHS = (320, 390, 520, 700, 900, 1440)
COLLISIONS = """() => {
  const words = e => { const r = document.createRange(); r.selectNodeContents(e); return r.getBoundingClientRect(); };
  const hit = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const found = [];
  for (const ground of document.querySelectorAll(".plot-frame")) {
    const names = [...ground.querySelectorAll(".plot-name")].filter(e => getComputedStyle(e).display !== "none");
    const marks = [...ground.querySelectorAll(".plot-mark")].map(e => e.getBoundingClientRect());
    const ticks = [...ground.querySelectorAll(".plot-below .plot-tick")];
    names.forEach(e => marks.forEach(m => { if (hit(words(e), m)) found.push(e.textContent + " on a mark"); }));
    for (const list of [names, ticks]) list.forEach((e, i) => list.slice(i + 1).forEach(o => {
      if (hit(words(e), words(o))) found.push(e.textContent + " on " + o.textContent);
    }));
  }
  const main = document.querySelector('[data-testid="stMain"]');
  if (main.scrollWidth > main.clientWidth) found.push("scrolls sideways");
  return found;
}"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = tmp_path_factory.mktemp("charts") / "gallery.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with harness.server(script, {"PYTHONPATH": str(harness.PROJECT)}) as running:
        yield running.url


def opened(page: Any, address: str) -> Any:
    page.goto(address)
    page.wait_for_function(f"document.querySelectorAll('figure.plot').length === {len(CHARTS)}", timeout=30_000)
    page.wait_for_timeout(300)
    return page


def test_streamlit_takes_nothing_out_of_a_chart(page: Any, gallery: str) -> None:
    kept = opened(page, gallery).evaluate("[...document.querySelectorAll('figure.plot, figure.plot *')].map(e => e.localName)")
    sent = Counter(tag for chart in CHARTS.values() for tag, _ in tags(chart()))
    assert Counter(kept) == sent
    styled = page.evaluate("[...document.querySelectorAll('figure.plot [style]')].length")
    assert styled == sum("style" in attributes for chart in CHARTS.values() for _, attributes in tags(chart()))


def test_nothing_covers_a_name_or_a_number_at_any_width(page: Any, gallery: str) -> None:
    opened(page, gallery)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        assert page.evaluate(COLLISIONS) == [], f"at {width} px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_charts(browser: Any, gallery: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = opened(context.new_page(), gallery)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = findings(page.main_frame)
    context.close()
    assert found == []


def test_the_head_of_the_rows_stays_in_view(page: Any, gallery: str) -> None:
    opened(page, gallery)
    page.set_viewport_size({"width": 390, "height": 300})
    page.evaluate("document.querySelector('.plot-rows tbody tr:last-child').scrollIntoView({block: 'end'})")
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('.plot-rows thead').getBoundingClientRect().top") >= 0
