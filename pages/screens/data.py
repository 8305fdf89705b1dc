"""About the data: where does every table come from, how fresh is it, what can the map not know, how is a mistake corrected?

A resident says afterwards: "I know why my circle is missing and whom to tell." An official: "I can say how old this is and
where it comes from before I use it." An animator: "I took the whole table with me and know how to credit it."
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from lib.analysis.freshness import AGE_STEPS, fewest, freshness, precisions
from lib.catalog.inventory import Named, inventory
from lib.catalog.load import Dataset
from lib.catalog.schema import PACKAGE_FILE
from lib.domain.records import APPROXIMATE
from lib.exchange.whole_file import whole_file, whole_package
from lib.i18n import Translator
from lib.settings import DATA_DIR
from pages.parts import about, cache, frame, state, statement
from pages.parts.frame import CSS
from pages.parts.html import esc, link

TABS = ("tables", "limits", "fix", "licences", "a11y")
"""The parts of the page, as the address names them."""
THIN_GMINAS = 6
"""How many of the least covered gminas are named: about a fifth of the 31."""
LIMITS = ("sample", "uneven", "old", "place", "rates", "people", "distance", "needs", "funding", "unknown", "persons", "checked")
ARCHIVE = "mapa-aktywnosci-dane.zip"
MIME = {"csv": "text/csv", "geojson": "application/geo+json", "json": "application/json", "zip": "application/zip"}
CHECK = " <code>python -m lib validate</code>"
OWN_LICENCES = (
    ("code", "MIT", "https://opensource.org/license/mit"),
    ("streamlit", "Apache 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    ("leaflet", "BSD 2-Clause", "https://opensource.org/license/bsd-2-clause"),
    ("font", "SIL Open Font License 1.1", "https://openfontlicense.org/"),
)


def main() -> None:
    t, dataset = state.texts(), cache.catalog().dataset
    st.html(CSS.with_name("about.css"))
    chosen = state.read().extra("tab")
    tab = chosen if chosen in TABS else TABS[0]
    frame.title(t("a11y.title" if tab == "a11y" else "about.title"), "" if tab == "a11y" else t("about.lead"))
    choose_tab(tab, t)
    if tab == "tables":
        draw_tables(dataset, t)
    elif tab == "limits":
        st.html(limits_html(dataset, t))
    elif tab == "fix":
        st.html(fix_html(cache.settings().contact, t))
    elif tab == "licences":
        st.html(licences_html(dataset, t))
    else:
        st.html(statement.statement_html(t, name=t("frame.brand"), url=site_url(), contact=cache.settings().contact))


def choose_tab(tab: str, t: Translator) -> None:
    """The parts of the page; the choice is in the address, so that each part can be linked."""
    state.seed({"about_tab": tab})
    st.segmented_control(
        t("about.sections"),
        TABS,
        format_func=lambda name: t(f"about.tab.{name}"),
        key="about_tab",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: state.change(state.read(), tab=st.session_state["about_tab"] or ""),
    )


def site_url() -> str:
    """The address of the page as visitors see it, without screen and parameters; "" where it is not known."""
    parts = urlsplit(st.context.url or "")
    folder = parts.path.rsplit("/", 1)[0]
    return f"{parts.scheme}://{parts.netloc}{folder}/" if parts.scheme in ("http", "https") and parts.netloc else ""


def draw_tables(dataset: Dataset, t: Translator) -> None:
    """Defects first, then all tables at a glance with everything in one file, then each table with its own."""
    if dataset.problems:
        st.html(about.problems_html(dataset.problems, t))
    folder = cache.settings().data_dir
    found = inventory(dataset, folder, DATA_DIR)
    entries = about.told(found, dataset)
    st.html(summary_html(dataset, t) + about.overview_html(entries, t))
    paths = (PACKAGE_FILE, *(facts.path for facts in found))
    file_button(t("about.download_all"), ARCHIVE, partial(whole_package, folder, paths), "whole_package")
    for entry in entries:
        st.html(about.section_html(entry, dataset, t))
        file = folder / entry.facts.path
        if file.is_file():
            file_button(t("about.download", file=file.name), file.name, partial(whole_file, file), f"whole_{entry.facts.name}")


def file_button(label: str, name: str, make: Callable[[], bytes], key: str) -> None:
    """A download whose bytes are made when the button is pressed."""
    mime = MIME.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    st.download_button(label, data=make, file_name=name, mime=mime, key=key, on_click="ignore")


def summary_html(dataset: Dataset, t: Translator) -> str:
    """How many records, and which edition of the files this is."""
    number, created = dataset.package.get("version"), dataset.package.get("created")
    edition = f"{t('about.version_of', number=str(number), date=t.date(str(created or '')))} · " if number else ""
    version = f"{edition}<code>{esc(dataset.version)}</code>"
    label = esc(t("about.version", version="\0")).replace("\0", "")
    return f'<div class="prose"><p>{esc(t("about.summary", n=len(dataset.items)))}</p></div><p class="quiet">{label}{version}</p>'


def limits_html(dataset: Dataset, t: Translator) -> str:
    """What the map cannot know, with today's figures where there are any."""
    params: dict[str, dict[str, Any]] = {"uneven": {"gminas": thin_gminas(dataset, t)}, "old": ages(dataset), "place": positions(dataset)}
    points = "".join(
        f"<li><h2>{esc(t(f'limits.{name}.title'))}</h2><p>{esc(t(f'limits.{name}.text', **params.get(name, {})))}</p></li>"
        for name in LIMITS
    )
    return f'<p>{esc(t("limits.lead"))}</p><ul class="limits">{points}</ul>'


def thin_gminas(dataset: Dataset, t: Translator) -> str:
    """The gminas with the fewest organisations and places, with their numbers."""
    counted = Counter(item.teryt for item in dataset.items if item.kind == "resources")
    names = {gmina.name: counted[code] for code, gmina in dataset.gminas.items()}
    return ", ".join(t("limits.uneven.one", name=name, n=n) for name, n in fewest(names, THIN_GMINAS))


def ages(dataset: Dataset) -> dict[str, int | str]:
    """Records without a date and records older than the last step of `AGE_STEPS`."""
    found = freshness(dataset.items)
    oldest = found.ages[len(AGE_STEPS)]
    return {"undated": found.undated, "total": found.rows, "old": oldest.count, "year": str(oldest.last)}


def positions(dataset: Dataset) -> dict[str, int]:
    """Records with a place, those of them without coordinates of their own, and the rest."""
    exact = precisions(dataset.items)
    placed = sum(exact.values())
    return {
        "approximate": exact.get(APPROXIMATE, 0),
        "placed": placed,
        "records": len(dataset.items),
        "unplaced": len(dataset.items) - placed,
    }


def fix_html(contact: str, t: Translator) -> str:
    """The two ways to correct something that work today."""
    said = contact.removeprefix("mailto:").removeprefix("tel:")
    way = f"{esc(t('about.fix.tell.contact'))} {link(contact, said)}" if contact else esc(t("about.fix.tell.none"))
    steps = "".join(f"<li>{esc(t(f'about.fix.self.step{n}'))}{CHECK if n == 3 else ''}</li>" for n in range(1, 5))
    return (
        f'<div class="prose"><p>{esc(t("about.fix.lead"))}</p>'
        f"<h2>{esc(t('about.fix.tell.title'))}</h2><p>{way}</p><p>{esc(t('about.fix.tell.what'))}</p>"
        f"<h2>{esc(t('about.fix.self.title'))}</h2><p>{esc(t('about.fix.self.lead'))}</p><ol>{steps}</ol>"
        f'<p class="notice">{esc(t("about.fix.rule"))}</p></div>'
    )


def licences_html(dataset: Dataset, t: Translator) -> str:
    """Who may do what with data and program, and the sentence that gives credit."""
    tables_of = inventory(dataset, cache.settings().data_dir, DATA_DIR)
    rows = [(about.title_of(entry.facts, t), entry.facts.licences) for entry in about.told(tables_of, dataset)]
    rows += [(t(f"about.licences.{key}"), (Named(title, url),)) for key, title, url in OWN_LICENCES]
    body = "".join(f'<tr><th scope="row">{esc(what)}</th><td>{about.licences_html(named, t)}</td></tr>' for what, named in rows)
    head = f'<th scope="col">{esc(t("about.licences.what"))}</th><th scope="col">{esc(t("about.licence"))}</th>'
    credit = str(dataset.package.get("attribution") or "")
    how = f'<p>{esc(t("about.licences.credit"))}</p><blockquote lang="en">{esc(credit)}</blockquote>' if credit else ""
    return (
        f'<div class="prose"><p>{esc(t("about.licences.lead"))}</p>'
        f'<table class="tbl"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"<h2>{esc(t('about.licences.credit_title'))}</h2>{how}<p>{esc(t('about.licences.facts'))}</p></div>"
    )


main()
