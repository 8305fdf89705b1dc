"""How does a visitor take the answer along? Files of exactly what is filtered, made only when a button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from lib.catalog.catalog import Catalog, Result
from lib.catalog.query import Query
from lib.domain.records import Gmina
from lib.domain.vocabulary import label_of
from lib.exchange.export import CSV_TYPE, GEOJSON_TYPE, XLSX_TYPE, Wording, to_csv, to_geojson, to_xlsx
from lib.i18n import Translator
from lib.reports.document import FORMATS as FORMATS_OF_BRIEF
from pages.parts import cache, legend, results
from pages.parts.html import esc

FORMATS = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE, "geojson": GEOJSON_TYPE}
VOCABULARY_OF_FIELD = {"themes": "theme", "groups": "target_group", "powiats": "powiat"}
COLUMN_PREFIX = "download.column."


def buttons(catalog: Catalog, result: Result, t: Translator, *, key: str = "download", contacts: bool = True) -> None:
    """Three downloads of the answer `result`: CSV, XLSX and GeoJSON; `contacts` tells how many records have one, where they could."""
    if not result.total:
        return
    known = int(catalog.columns.has_contact[result.rows].sum())
    said = t("list.contacts", known=known, n=len(result.rows)) if contacts else ""
    st.html(f'<p class="quiet noprint">{esc(said)} {esc(t("download.lead", n=result.total))}</p>')
    with st.container(horizontal=True, key=f"{key}_row"):
        for form, media_type in FORMATS.items():
            st.download_button(
                form.upper(),
                data=_maker(catalog, result, t, form),
                file_name=f"mapa-aktywnosci-{date.today():%Y-%m-%d}.{form}",
                mime=media_type,
                key=f"{key}_{form}",
                on_click="ignore",
            )


def brief_buttons(catalog: Catalog, gmina: Gmina, t: Translator) -> None:
    """Two downloads of the brief of a gmina, in the visitor's language. Made when pressed; the button shows that it is at work."""
    st.html(f'<p class="quiet noprint">{esc(t("brief.screen.lead"))}</p>')
    with st.container(horizontal=True, key="gmina_brief_row"):
        for form, media_type in FORMATS_OF_BRIEF.items():
            st.download_button(
                t("brief.screen.button", form=form.upper()),
                data=_brief_maker(catalog, gmina.teryt, t.language, form),
                file_name=f"karta-gminy-{gmina.teryt}-{t.language}.{form}",
                mime=media_type,
                key=f"gmina_brief_{form}",
                on_click="ignore",
            )


def _brief_maker(catalog: Catalog, teryt: str, language: str, form: str) -> Callable[[], bytes]:
    return lambda: cache.brief(catalog, teryt, language, form, date.today().isoformat())


def _maker(catalog: Catalog, result: Result, t: Translator, form: str) -> Callable[[], bytes]:
    return lambda: make(catalog, result, t, form)


def make(catalog: Catalog, result: Result, t: Translator, form: str) -> bytes:
    """The bytes of the answer in a format (a key of FORMATS), with headers and labels in the visitor's language."""
    items, distances = results.items_of(catalog, result)
    words, lines = wording(catalog, t), about(catalog, result, t)
    if form == "csv":
        return to_csv(items, words, distances=distances)
    if form == "geojson":
        return to_geojson(items, words, about=lines, distances=distances)
    sheets = (t("download.sheet_data"), t("download.sheet_about"))
    return to_xlsx(items, words, about=lines, distances=distances, sheet_names=sheets)


def wording(catalog: Catalog, t: Translator) -> Wording:
    """Headers and labels in the visitor's language; a code or column without one stays as it is."""
    headers = {key.removeprefix(COLUMN_PREFIX): t(key) for key in t.keys(COLUMN_PREFIX)}

    def label(vocabulary: str, code: str) -> str:
        if vocabulary == "gmina":
            known = catalog.dataset.gminas.get(code)
            return known.name if known else code
        if vocabulary == "kind":
            return t(f"download.kind.{code}") if t.has(f"download.kind.{code}") else code
        return label_of(catalog.dataset.vocabularies.get(vocabulary, {}), code, t.language)

    return Wording(headers, label)


def about(catalog: Catalog, result: Result, t: Translator) -> list[tuple[str, str]]:
    """What goes with a file: how much it holds, the query in words, the version of the data, terms and limits."""
    package = catalog.dataset.package
    licences = "; ".join(str(entry.get("title") or entry.get("name")) for entry in package.get("licenses", []))
    return [
        (t("download.about.what"), t("frame.brand")),
        (t("download.about.total"), t("download.about.n_of", n=result.total, of=result.of)),
        *describe(catalog, result.query, t),
        (t("download.about.date"), t.date(f"{date.today():%Y-%m-%d}")),
        (t("download.about.version"), catalog.dataset.version),
        (t("download.about.licence"), licences),
        (t("download.about.attribution"), t("download.about.attribution_text")),
        (t("download.about.limits"), t("map.sample")),
        (t("download.about.precision"), t("download.about.precision_text")),
    ]


def describe(catalog: Catalog, query: Query, t: Translator) -> list[tuple[str, str]]:
    """The query in words: (what, values) for each condition."""
    return [(t("list.field." + name), _value(catalog, name, getattr(query, name), t)) for name in query.active if name != "kinds"]


def _value(catalog: Catalog, name: str, value: object, t: Translator) -> str:
    if value is True:
        return t("list.yes")
    if isinstance(value, tuple):
        return ", ".join(_code(catalog, name, code, t) for code in value)
    if name == "near":
        place = catalog.dataset.localities.get(str(value))
        return place.name if place else str(value)
    return t.number(value, 1) if isinstance(value, float) else str(value)


def _code(catalog: Catalog, name: str, code: str, t: Translator) -> str:
    words = wording(catalog, t)
    if name == "layers":
        return legend.layer_label(catalog, code, t)
    if name == "kinds":
        return words.label("kind", code)
    if name == "ids":
        row = catalog.row_of(code)
        return catalog.item(row).name if row is not None else code
    if name == "gminas":
        return words.label("gmina", code)
    if name == "categories":
        found = (words.label(v, code) for v in ("category", "initiative_kind", "need_kind"))
        return next((label for label in found if label != code), code)
    return words.label(VOCABULARY_OF_FIELD[name], code)
