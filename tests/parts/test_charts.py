"""Claims about charts: what is drawn is also said, what is unknown is not drawn, and no text of a record becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lib.i18n import Translator
from lib.settings import LANGUAGES
from pages.parts import axes, charts, plots
from pages.parts.charts import FunnelPoint, IntervalRow, RankRow, Series
from tests.hostile import PAYLOADS
from tests.parts.test_html import tags

PL = Translator("pl")
ROWS = (
    IntervalRow("Popów", "./luki?gmina=1&lang=pl", 0.1, 0.2, 0.5, "below", "1 klub"),
    IntervalRow("Kłobuck", "./luki?gmina=2", 0.8, 1.2, 1.5, "above"),
    IntervalRow("Lelów", "./luki?gmina=3", 0.3, 0.55, 0.9, "uncertain"),
    IntervalRow("Przystajń", "./luki?gmina=4", 0.7, 0.77, 0.78, "unknown", "nikt nie szukał"),
)
RANKS = (RankRow("Popów", "./luki?gmina=1", 3, 2, 9), RankRow("Lelów", "./luki?gmina=3", 1, 1, 1, "dane pewne"))
POINTS = (
    FunnelPoint("Popów", "./luki?gmina=1", 1_000, 0.2, "uncertain"),
    FunnelPoint("Kłobuck", "./luki?gmina=2", 4_000, 3.4, "above"),
    FunnelPoint("Częstochowa", "./luki?gmina=5", 50_000, 0.3, "below"),
    FunnelPoint("Przystajń", "./luki?gmina=4", None, None, "unknown"),
)
LIMITS = ((500, 0.0, 4.0), (5_000, 0.5, 2.0), (50_000, 0.8, 1.2))
CURVES = (Series("Popów", ((10, 80), (5, 40), (15, 100))), Series("Subregion", ((5, 60), (10, 90))))


def intervals(*rows: IntervalRow, title: str = "Kluby", desc: str = "Jak czytać", unit: str = "na 1 000 osób", t: Translator = PL) -> str:
    return charts.intervals(title, desc, rows, reference=0.6, unit=unit, t=t, digits=1)


def ranks(*rows: RankRow, title: str = "Kolejność", t: Translator = PL) -> str:
    return charts.rank_range(title, "", rows, count=31, t=t)


def funnel(*points: FunnelPoint, title: str = "Lejek", unit_x: str = "osoby", unit_y: str = "na 1 000", t: Translator = PL) -> str:
    return charts.funnel(title, "", points, reference=1.0, limits=LIMITS, unit_x=unit_x, unit_y=unit_y, t=t)


def curve(*series: Series, title: str = "Zasięg", unit_x: str = "km", unit_y: str = "% osób", t: Translator = PL) -> str:
    return charts.steps_curve(title, "", series, unit_x=unit_x, unit_y=unit_y, t=t)


CHARTS: dict[str, Callable[..., str]] = {
    "intervals": lambda t=PL: intervals(*ROWS, t=t),
    "ranks": lambda t=PL: ranks(*RANKS, t=t),
    "funnel": lambda t=PL: funnel(*POINTS, t=t),
    "curve": lambda t=PL: curve(*CURVES, t=t),
}
EMPTY: dict[str, Callable[..., str]] = {"intervals": intervals, "ranks": ranks, "funnel": funnel, "curve": curve}
every_chart = pytest.mark.parametrize("chart", CHARTS)


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def classed(root: ElementTree.Element, *names: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if set(names) <= set(element.get("class", "").split())]


def text(element: ElementTree.Element) -> str:
    """The words of an element as a screen reader has them: what is hidden from it left out."""
    if element.get("aria-hidden") == "true":
        return ""
    return (element.text or "") + "".join(text(child) + (child.tail or "") for child in element)


def body_rows(markup: str) -> list[ElementTree.Element]:
    return list(parsed(markup).find(".//tbody") or ())


# --- all charts


@every_chart
def test_a_chart_is_well_formed(chart: str) -> None:
    assert parsed(CHARTS[chart]()).tag == "figure"


@every_chart
def test_charts_on_one_page_share_no_id_because_they_have_none(chart: str) -> None:
    assert [element.get("id") for element in parsed(CHARTS[chart]()).iter() if "id" in element.attrib] == []


@every_chart
def test_a_chart_needs_no_element_that_streamlit_takes_out(chart: str) -> None:
    kept = {"figure", "figcaption", "b", "i", "span", "div", "ul", "li", "p", "a", "details", "summary"}
    kept |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert {element.tag for element in parsed(CHARTS[chart]()).iter()} <= kept


@every_chart
def test_what_is_drawn_is_hidden_from_screen_readers_and_holds_no_link(chart: str) -> None:
    root = parsed(CHARTS[chart]())
    hidden = [element for element in root.iter() if element.get("aria-hidden") == "true"]
    assert [link for element in hidden for link in element.iter("a")] == []
    marks = {id(mark) for mark in classed(root, "plot-mark")}
    assert marks and marks <= {id(inner) for element in hidden for inner in element.iter()}


@every_chart
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_of_nothing_says_so_in_every_language(chart: str, language: str) -> None:
    t = Translator(language)
    root = parsed(EMPTY[chart](t=t))
    assert t("chart.empty") in text(root) and classed(root, "plot-mark") == [] and root.find(".//table") is None


@every_chart
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_is_whole_in_every_language(chart: str, language: str) -> None:
    shape = [element.tag for element in parsed(CHARTS[chart]()).iter()]
    assert [element.tag for element in parsed(CHARTS[chart](t=Translator(language))).iter()] == shape


@pytest.mark.parametrize("bad", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_hostile_text_becomes_an_element_of_a_chart(bad: str) -> None:
    def shape(markup: str) -> list[tuple[str, list[str]]]:
        return [(tag, sorted(attributes)) for tag, attributes in tags(markup)]

    row = IntervalRow("x", "./x", 0.1, 0.2, 0.5, "below", "x")
    point = FunnelPoint("x", "./x", 50_000, 0.3, "below")
    blank = replace(point, verdict="unknown")
    rank = RankRow("x", "./x", 3, 2, 9, "x")

    def drawn(s: str) -> list[str]:
        return [
            intervals(replace(row, label=s, note=s), title=s, desc=s, unit=s),
            ranks(replace(rank, label=s, note=s), title=s),
            funnel(replace(point, label=s), replace(blank, label=s), title=s, unit_x=s, unit_y=s),
            curve(Series(s, ((1, 2), (2, 3))), title=s, unit_x=s, unit_y=s),
        ]

    for hostile, harmless in zip(drawn(bad), drawn("x"), strict=True):
        # a name that is too long for a drawing is left out of it, everything else has the same elements
        assert [e for e in shape(hostile) if e[0] != "span"] == [e for e in shape(harmless) if e[0] != "span"]
        assert {tuple(attributes) for _, attributes in shape(hostile)} <= {tuple(attributes) for _, attributes in shape(harmless)}


@pytest.mark.parametrize("bad", PAYLOADS, ids=range(len(PAYLOADS)))
def test_a_hostile_address_is_no_link_or_a_safe_one(bad: str) -> None:
    markup = intervals(replace(ROWS[0], href=bad)) + ranks(replace(RANKS[0], href=bad)) + funnel(replace(POINTS[2], href=bad))
    for tag, attributes in tags(markup):
        assert tag != "a" or re.match(r"(https?://|mailto:|tel:|\./|#|\?)", attributes["href"] or "")
        assert set(attributes) <= {"class", "style", "href", "role", "scope", "title", "tabindex", "aria-hidden", "aria-label"}


def test_the_address_of_a_name_arrives_as_it_was_given() -> None:
    assert [link.get("href") for link in parsed(intervals(*ROWS)).iter("a")] == [row.href for row in ROWS]


# --- rows


def test_every_row_is_said_in_words_in_the_order_given() -> None:
    said = [" ".join(text(row).split()) for row in body_rows(intervals(*ROWS))]
    assert said == [
        "Popów0,2 (0,1 do 0,5), niżej niż średnia 1 klub",
        "Kłobuck1,2 (0,8 do 1,5), wyżej niż średnia",
        "Lelów0,6 (0,3 do 0,9), nie do odróżnienia od średniej",
        "Przystajńnie wiadomo nikt nie szukał",
    ]
    turned = [text(row).split()[0] for row in body_rows(intervals(*reversed(ROWS)))]
    assert turned[0].startswith("Przystajń") and turned[-1].startswith("Popów")


def test_a_verdict_has_a_shape_and_a_word_of_its_own() -> None:
    rows = body_rows(intervals(*ROWS))
    shapes = ["below", "above", "uncertain", "unknown"]
    assert [[name for name in shapes if classed(row, "plot-key", name)] for row in rows] == [[name] for name in shapes]
    assert [[name for name in shapes if classed(row, "plot-mark", name)] for row in rows] == [["below"], ["above"], ["uncertain"], []]
    assert len({text(row).split(", ")[-1] for row in rows}) == len(shapes)


def test_what_is_unknown_has_no_dot_and_no_number_even_when_one_was_given() -> None:
    row = body_rows(intervals(*ROWS))[3]
    assert classed(row, "plot-mark") == [] and classed(row, "plot-span") == [] and len(classed(row, "plot-hatch")) == 1
    assert re.search(r"\d", text(row)) is None
    stretched = intervals(replace(ROWS[3], low=0, value=50, high=99))
    assert [tick.text for tick in classed(parsed(stretched), "plot-tick")][-1] == "0,6", "the axis ends with the reference"
    none_given = intervals(IntervalRow("Przystajń", "./x", None, None, None, "unknown"))
    assert len(classed(parsed(none_given), "plot-hatch")) == 1


def test_dots_and_intervals_stand_where_their_numbers_are() -> None:
    # the axis goes from 0 to 1.5: 0.1 is 6.67 %, 0.2 is 13.33 %, 0.5 is 33.33 % of it; the reference 0.6 is 40 %
    markup = intervals(*ROWS[:3])
    row = body_rows(markup)[0]
    assert [span.get("style") for span in classed(row, "plot-span")] == ["left:6.67%;width:26.67%"]
    assert [mark.get("style") for mark in classed(row, "plot-mark")] == ["left:13.33%"]
    assert "--plot-line:40.00%" in markup
    ticks = classed(parsed(markup), "plot-tick")
    assert [(tick.text, tick.get("style")) for tick in ticks] == [
        ("0", "left:0.00%"),
        ("0,5", "left:33.33%"),
        ("1", "left:66.67%"),
        ("1,5", "left:100.00%"),
    ]


def test_the_reference_is_named_with_its_number_for_the_eye_and_the_ear() -> None:
    root = parsed(intervals(*ROWS))
    assert [name.text for name in classed(root, "plot-name")] == ["średnia 0,6"]
    head = root.find(".//thead")
    assert head is not None and "na 1 000 osób (średnia 0,6)" in text(head).replace("\u00a0", " ")


def test_without_a_reference_there_is_no_line() -> None:
    markup = charts.intervals("a", "b", ROWS, reference=None, unit="", t=PL)
    assert "lined" not in markup and "--plot-line" not in markup and "średnia 0" not in markup


def test_a_value_without_an_interval_has_a_dot_only() -> None:
    for low, high in ((None, None), (0.2, 0.2), (float("nan"), 1.0)):
        row = body_rows(intervals(IntervalRow("Popów", "./x", low, 0.2, high, "below")))[0]
        assert classed(row, "plot-span") == [] and text(row) == "Popów0,2, niżej niż średnia"


def test_years_are_compared_with_a_median_and_more_of_them_is_worse() -> None:
    row = IntervalRow("Popów", "./x", 0, 12, 12, "above")
    markup = charts.intervals("a", "b", [row], reference=5, unit="lata", t=PL, middle=charts.MEDIAN, worse=charts.ABOVE, digits=0)
    assert "12 (0 do 12), więcej niż mediana" in text(body_rows(markup)[0]) and "mediana 5" in markup
    assert parsed(markup).get("class") == "plot turned" and parsed(intervals(*ROWS)).get("class") == "plot"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_has_no_number_cannot_get_a_verdict(value: float | None) -> None:
    with pytest.raises(ValueError):
        IntervalRow("Popów", "./x", 0, value, 1, "below")
    with pytest.raises(ValueError):
        FunnelPoint("Popów", "./x", 100, value, "below")
    with pytest.raises(ValueError):
        FunnelPoint("Popów", "./x", value, 1, "above")


def test_there_is_no_fifth_verdict_and_no_rate_of_no_people() -> None:
    with pytest.raises(ValueError):
        IntervalRow("Popów", "./x", 0, 1, 2, "bad")
    with pytest.raises(ValueError):
        FunnelPoint("Popów", "./x", 0, 1, "below")


def test_a_rank_is_said_and_drawn_with_the_range_it_may_have() -> None:
    rows = body_rows(ranks(*RANKS))
    assert [" ".join(text(row).split()) for row in rows] == ["Popów3 (2 do 9)", "Lelów1 dane pewne"]
    # places 1 to 31 are 30 steps long: the third is 2/30, the range from the second to the ninth 7/30
    assert [mark.get("style") for row in rows for mark in classed(row, "plot-mark")] == ["left:6.67%", "left:0.00%"]
    assert [span.get("style") for row in rows for span in classed(row, "plot-span")] == ["left:3.33%;width:23.33%"]


# --- the funnel


def test_every_point_of_the_funnel_is_in_its_table() -> None:
    rows = [[text(cell) for cell in row] for row in body_rows(funnel(*POINTS))]
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in rows] == [
        ["Popów", "1 000", "0,2", "nie do odróżnienia od średniej"],
        ["Kłobuck", "4 000", "3,4", "wyżej niż średnia"],
        ["Częstochowa", "50 000", "0,3", "niżej niż średnia"],
        ["Przystajń", "–", "–", "nie wiadomo"],
    ]


def test_an_unknown_point_is_named_and_not_drawn() -> None:
    root = parsed(funnel(*POINTS))
    marks = classed(root, "plot-mark")
    assert len(marks) == 3 and not any("Przystajń" in mark.get("title", "") for mark in marks)
    assert "Bez punktu na wykresie, bo dane są niepełne: Przystajń" in text(root)
    nothing = funnel(POINTS[3])
    assert PL("chart.empty") in nothing and "Przystajń" in nothing


def test_a_point_tells_its_numbers_when_it_is_pointed_at() -> None:
    titles = {mark.get("title", "").replace("\u00a0", " ") for mark in classed(parsed(funnel(*POINTS)), "plot-mark")}
    assert "Kłobuck: wyżej niż średnia; osoby: 4 000; na 1 000: 3,4" in titles


def test_the_text_lists_who_lies_outside_the_band_and_counts_the_others() -> None:
    # on the logarithmic axis 4,000 lies 90 % of the way from 500 to 5,000: the upper limit there is 4 - 0.9 * 2 = 2.2
    said = [text(line).replace("\u00a0", " ") for line in classed(parsed(funnel(*POINTS)), "plot-text")[0]]
    assert said == [
        "Poniżej pasa: Częstochowa (0,3)",
        "Powyżej pasa: Kłobuck (3,4)",
        "W pasie: 1 gmina; jej różnica od innych może być przypadkiem.",
    ]
    inside = replace(POINTS[1], rate=2.19)
    assert "Powyżej pasa: żadna gmina" in text(parsed(funnel(POINTS[0], inside, POINTS[2])))


def test_without_limits_there_is_no_band_and_no_talk_of_one() -> None:
    markup = charts.funnel("a", "", POINTS, reference=1.0, limits=(), unit_x="x", unit_y="y", t=PL)
    assert "plot-band" not in markup and "pas" not in text(parsed(markup)).lower().split()


def test_points_stand_where_their_numbers_are() -> None:
    few = [replace(point, people=people) for point, people in zip(POINTS[:3], (1_000, 4_000, 5_000), strict=True)]
    root = parsed(funnel(*few))
    places = {mark.get("title", "").split(":")[0]: mark.get("style") for mark in classed(root, "plot-mark")}
    # people from 0 to 5,000, rates from 0 to 4
    assert places == {"Popów": "left:20.00%;top:95.00%", "Kłobuck": "left:80.00%;top:15.00%", "Częstochowa": "left:100.00%;top:92.50%"}
    assert [line.get("style") for line in classed(root, "plot-middle")] == ["top:75.00%"]


def test_the_city_makes_the_axis_logarithmic_and_the_axis_says_so() -> None:
    assert "skala logarytmiczna" in funnel(*POINTS)
    assert "skala logarytmiczna" not in funnel(*POINTS[:2])


def test_those_outside_and_the_largest_are_named_in_the_drawing_each_once() -> None:
    crowd = [FunnelPoint(f"G{n}", "./x", 1_000 + 40 * n, 1.0, "uncertain") for n in range(8)]
    names = [name.text for name in classed(parsed(funnel(*POINTS, *crowd)), "plot-name")]
    assert {"Częstochowa", "Kłobuck", "G7"} <= set(names) and "G0" not in names and len(names) == len(set(names))


# --- curves


def test_a_curve_rises_at_its_steps_and_stays_between_them() -> None:
    root = parsed(curve(*CURVES))
    assert [run.get("style") for run in classed(root, "plot-ground")[0].iter() if run.get("class") == "plot-run solid"] == [
        "left:33.33%;width:33.33%;top:60.00%",
        "left:66.67%;width:33.33%;top:20.00%",
    ]
    jumps = [jump.get("style") for jump in classed(root, "plot-jump", "solid")]
    assert jumps == ["left:66.67%;top:20.00%;height:40.00%", "left:100.00%;top:0.00%;height:20.00%"]


def test_curves_differ_by_line_and_mark_and_their_names_are_text() -> None:
    root = parsed(curve(*CURVES))
    ground = classed(root, "plot-ground")[0]
    assert [len(classed(ground, "plot-mark", dash)) for dash in plots.DASHES] == [3, 2, 0]
    assert [text(entry) for entry in classed(root, "plot-legend")[0]] == ["Popów", "Subregion"]


def test_every_step_is_in_the_table() -> None:
    assert [[text(cell) for cell in row] for row in body_rows(curve(*CURVES))] == [
        ["5", "40", "60"],
        ["10", "80", "90"],
        ["15", "100", "–"],
    ]


def test_more_curves_than_lines_are_refused() -> None:
    with pytest.raises(ValueError):
        curve(*(Series(str(n), ((1, n),)) for n in range(4)))


# --- the look


def css_colours() -> dict[str, tuple[str, str]]:
    """Every colour of the charts as (light, dark)."""
    css = charts.CSS.read_text(encoding="utf-8")
    first = css[: css.index("}")]
    return {name: (light, dark) for name, light, dark in re.findall(r"--plot-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", first)}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return sum(
        w * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for w, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True)
    )


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "band"])
@pytest.mark.parametrize("name", ["below", "above", "uncertain", "ink", "amber"])
def test_marks_and_lines_stand_out_from_every_ground(name: str, ground: str, theme: int) -> None:
    colours = css_colours()
    light, dark = sorted((luminance(colours[name][theme]), luminance(colours[ground][theme])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("shape", [*charts.VERDICTS[:-1], "rank", *plots.DASHES])
def test_every_mark_has_its_form_in_the_style(shape: str) -> None:
    css = charts.CSS.read_text(encoding="utf-8")
    assert re.search(rf"\.{shape}\.plot-mark|\.plot-mark\.{shape}", css)


def test_sizes_that_names_are_placed_by_are_those_of_the_style() -> None:
    css = charts.CSS.read_text(encoding="utf-8")
    assert f"max-width: calc({plots.WIDE_REM:g}rem + var(--plot-gutter) + 1rem)" in css
    assert (
        f"height: {plots.NAME_REM:g}rem; line-height: {plots.NAME_REM:g}rem; padding: 0 {axes.PADDING_REM / 2:g}rem".replace("0.1", ".1")
        in css
    )
    assert f"width: {2 * plots.MARK_REM:g}rem; height: {2 * plots.MARK_REM:g}rem".replace("0.9", ".9") in css
    shown_from = re.search(r"@container \(min-width: (\d+)rem\) \{ \.plot-name\.roomy", css)
    assert shown_from and float(shown_from[1]) - plots.ROOMY_REM >= axes.name_width("1 000 000") + 1
