"""Which styles does an office find in the DOCX of a brief? Headings, lists, captions and notes that one can change in one place."""

from __future__ import annotations

from typing import Any

FONT = "Calibri"
"""On nearly every office computer; LibreOffice puts Carlito of the same widths in its place."""
DEEP, INK, QUIET, TINT, GOLD, PALE, LINE = "24433A", "1D2B26", "55635C", "EEF2EA", "B27A00", "FBF6E9", "C3CDC6"
BODY_PT, SMALL_PT = 9.5, 8.0
LINE_HEIGHT = 1.2
"""Line over size of type, fixed so that the document is as long with whatever typeface an office has in place of FONT."""
TABLE_STYLE = "Brief Table"
BANNER_MM = 3
NUMBER_MM = 7
"""Room for a number of three digits before an entry of the list of sources."""
LOCALES = {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA"}


def set_up(document: Any, lang: str) -> None:
    """Gives an empty document the styles of a brief and its language."""
    _defaults(document, lang)
    for name, size, before, after in (("Heading 1", 14, 13, 5), ("Heading 2", 11, 8, 3), ("Heading 3", 10.5, 8, 2)):
        _heading(document.styles[name], size, before, after)
    _underlined(document.styles["Heading 1"])
    _banner(document.styles["Title"], 26, "", bold=True)
    _banner(document.styles["Subtitle"], 10.5, "bottom", after=12)
    _look(document.styles["Caption"], SMALL_PT, colour=QUIET, before=6, after=3, keep=True)
    _look(document.styles["Body Text"], BODY_PT, after=4)
    _look(document.styles["List Bullet"], BODY_PT, after=2)
    for name in ("Header", "Footer"):
        _look(document.styles[name], SMALL_PT, colour=QUIET)
        document.styles[name].paragraph_format.tab_stops.clear_all()
    for name, size, options in (
        ("Brief Lead", 10, {"after": 4}),
        ("Brief Note", SMALL_PT, {"colour": QUIET, "before": 3, "after": 6}),
        ("Brief Notice", 9, {"before": 4, "after": 6}),
        ("Brief Banner", 9.5, {}),
        ("Brief Hint", SMALL_PT, {"colour": DEEP, "bold": True, "before": 4, "after": 0, "keep": True}),
        ("Brief Line", BODY_PT, {"before": 8, "colour": LINE}),
        ("Brief Field", SMALL_PT, {"before": 10, "colour": DEEP}),
        ("Brief Source", 7.5, {"after": 1}),
        ("Brief Cell", 8.5, {}),
        ("Brief Cell Head", SMALL_PT, {"colour": DEEP, "bold": True, "keep": True}),
        ("Brief Gap", 4.0, {}),
        ("Brief Figure", 17.0, {"colour": DEEP, "bold": True}),
        ("Brief Group", 8.5, {"colour": DEEP, "bold": True, "keep": True}),
    ):
        _look(_paragraph_style(document, name), size, **options)
    _shaded(document.styles["Brief Notice"], PALE, left=GOLD)
    _banner(document.styles["Brief Banner"], 9.5, "top", colour="CFE3D6", bold=True)
    _hanging(document.styles["Brief Source"])
    _character_styles(document)
    _table_style(document)


def element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML with `w:` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _defaults(document: Any, lang: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(BODY_PT), RGBColor.from_string(INK)
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.widow_control = True
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), LOCALES.get(lang, lang))
        found.set(qn("w:eastAsia"), LOCALES.get(lang, lang))
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    settings = document.settings.element
    settings.insert(0, element("autoHyphenation", val="true"))


def _paragraph_style(document: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _look(
    style: Any, size: float, *, colour: str = INK, bold: bool = False, before: float = 0, after: float = 0, keep: bool = False
) -> None:
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.line_spacing = Pt(round(size * LINE_HEIGHT, 1))


def _heading(style: Any, size: float, before: float, after: float) -> None:
    _look(style, size, colour=DEEP, bold=True, before=before, after=after, keep=True)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]


def _banner(style: Any, size: float, edge: str, *, colour: str = "FFFFFF", bold: bool = False, after: float = 0) -> None:
    """Light type on the dark ground that opens the document. One indented line: borders at the sides would leave white notches."""
    from docx.shared import Mm

    _heading(style, size, 0, after)
    _look(style, size, colour=colour, bold=bold, after=after, keep=True)
    for border in list(style.element.get_or_add_pPr().findall(_name("pBdr"))):
        style.element.pPr.remove(border)
    _shaded(style, DEEP, edge=edge)
    style.paragraph_format.first_line_indent = Mm(BANNER_MM)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))


def _shaded(style: Any, fill: str, *, left: str = "", edge: str = "") -> None:
    """A coloured ground; `left` is the colour of a bar beside it, `edge` a side on which the ground reaches beyond the text."""
    properties, borders = style.element.get_or_add_pPr(), element("pBdr")
    for side in ("top", "left", "bottom", "right"):
        if side == "left" and left:
            borders.append(element("left", val="single", sz="18", space="6", color=left))
        elif side == edge:
            borders.append(element(side, val="single", sz="4", space="6", color=fill))
    if len(borders):
        _put(properties, borders)
    _put(properties, element("shd", val="clear", color="auto", fill=fill))


def _hanging(style: Any) -> None:
    from docx.shared import Mm

    form = style.paragraph_format
    form.left_indent, form.first_line_indent = Mm(NUMBER_MM), Mm(-NUMBER_MM)
    form.tab_stops.add_tab_stop(Mm(NUMBER_MM))


def _underlined(style: Any) -> None:
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz="6", space="2", color=DEEP))
    _put(style.element.get_or_add_pPr(), borders)


_AFTER = ("tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")
"""What follows borders and shading inside the properties of a paragraph: the schema knows one order."""


def _put(properties: Any, made: Any) -> None:
    """Adds borders or shading where the schema wants them."""
    follows = next((child for child in properties if child.tag in {_name(tag) for tag in _AFTER}), None)
    properties.append(made) if follows is None else follows.addprevious(made)


def _character_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    for name, colour in (("Hyperlink", DEEP), ("Brief Mark", DEEP), ("Brief Quiet", QUIET)):
        known = name in document.styles
        style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.underline = name == "Hyperlink"
        style.font.superscript = name == "Brief Mark" or None


def _table_style(document: Any) -> None:
    """Hairlines between rows, a dark line under the heading row; nothing vertical."""
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE).element
    properties = element("tblPr")
    borders = element("tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(element(side, val="single", sz="4", space="0", color=LINE))
    properties.append(borders)
    margins = element("tblCellMar")
    for side, wide in (("top", "22"), ("left", "70"), ("bottom", "22"), ("right", "70")):
        margins.append(element(side, w=wide, type="dxa"))
    properties.append(margins)
    style.append(properties)
    head = element("tblStylePr", type="firstRow")
    cell, edge = element("tcPr"), element("tcBorders")
    edge.append(element("bottom", val="single", sz="10", space="0", color=DEEP))
    cell.append(edge)
    head.append(cell)
    style.append(head)
