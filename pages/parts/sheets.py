"""How does a visitor take the project sheet along? One page as PDF and DOCX, made only when a button is pressed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import streamlit as st

from lib.catalog.words import fold
from lib.i18n import Translator
from lib.reports.document import FORMATS
from lib.reports.fiszka import PARTIES, offered_parties, parties, sheet
from lib.reports.ideas import Answers
from pages.parts.entries import Page
from pages.parts.html import markdown_text
from pages.parts.idea_form import choose_parties

STEM_CHARS = 60
"""Letters of the idea in the name of its file: what a folder shows of it."""


def buttons(page: Page, found: Answers, t: Translator) -> None:
    """Who stands on the sheet, and its two downloads."""
    partners(found, t)
    with st.container(horizontal=True, key="sheet_row"):
        for form, media_type in FORMATS.items():
            st.download_button(
                t(f"idea.take.{form}"),
                data=_maker(page, found, form),
                file_name=f"{file_stem(found.question.text, t)}.{form}",
                mime=media_type,
                key=f"sheet_{form}",
                on_click="ignore",
            )


def partners(found: Answers, t: Translator) -> None:
    """The partners on the sheet, to be ticked; what is chosen stands in the address."""
    names = {code: item.name for code, (item, _) in offered_parties(found).items()}
    if not names:
        return
    st.session_state["sheet_with"] = [code for code in parties(found) if code in names]
    st.multiselect(
        t("idea.take.partners", n=PARTIES),
        list(names),
        format_func=lambda code: markdown_text(names.get(str(code), str(code)), 90),
        key="sheet_with",
        max_selections=PARTIES,
        placeholder=t("idea.take.partners_hint"),
        on_change=choose_parties,
    )


def file_stem(text: str, t: Translator) -> str:
    """What the file is called: the idea's first words without diacritics and the language."""
    words = "-".join(re.findall(r"[^\W_]+", fold(text.casefold())))[:STEM_CHARS].strip("-")
    return "-".join(part for part in (t("idea.take.file"), words, t.language) if part)


def _maker(page: Page, found: Answers, form: str) -> Callable[[], bytes]:
    return lambda: make(page, found, form, day=f"{date.today():%Y-%m-%d}")


def make(page: Page, found: Answers, form: str, *, day: str) -> bytes:
    """The bytes of the sheet in a format (a key of FORMATS), in the visitor's language."""
    content = sheet(found, page.words, day=day)
    if form == "docx":
        from lib.reports.fiszka_docx import to_docx

        return to_docx(content)
    from lib.reports.fiszka_pdf import to_pdf

    return to_pdf(content)
