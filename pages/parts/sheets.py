"""How does a visitor take the project sheet along? One page as PDF and DOCX, made only when a button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from lib.i18n import Translator
from lib.reports.document import FORMATS
from lib.reports.fiszka import sheet
from lib.reports.ideas import Answers
from pages.parts.entries import Page


def buttons(page: Page, found: Answers, t: Translator) -> None:
    """The two downloads of the sheet."""
    with st.container(horizontal=True, key="sheet_row"):
        for form, media_type in FORMATS.items():
            st.download_button(
                t(f"idea.take.{form}"),
                data=_maker(page, found, form),
                file_name=f"fiszka-{date.today():%Y-%m-%d}.{form}",
                mime=media_type,
                key=f"sheet_{form}",
                on_click="ignore",
            )


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
