"""How accessible is this page, said in the structure that Polish public bodies use? Pure markup builder.

Headings and ids follow the technical conditions of the statement, version 2.0 of 31 July 2024, and are the same in every
language: programs that check statements find them by id. What only the operator knows is told by the texts
`a11y.operator.*` and, for the contact, by the setting MAPA_CONTACT.
"""

from __future__ import annotations

import re

from lib.i18n import Translator
from pages.parts.html import esc, link

PREPARED = "2026-11-23"
"""When the statement was first drawn up (it stays when the statement is reviewed)."""
UPDATED = "2026-11-23"
"""When the app last changed in a way that matters for accessibility."""
OMBUDSMAN = "https://bip.brpo.gov.pl/"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def statement_html(t: Translator, *, name: str, url: str, contact: str) -> str:
    """The whole statement without its title: `name` and `url` are the page's, `contact` is the operator's address or ""."""
    parts = (_intro(t, name, url), _status(t), _prepared(t), _comfort(t), _contact(t, contact), _procedure(t), _other(t))
    return f'<article class="prose" id="a11y-deklaracja">{"".join(parts)}</article>'


def _heading(t: Translator, key: str, level: int = 2) -> str:
    return f"<h{level}>{esc(t(f'a11y.{key}.title'))}</h{level}>"


def _points(t: Translator, *keys: str) -> str:
    return "<ul>" + "".join(f"<li>{esc(t(f'a11y.{key}'))}</li>" for key in keys) + "</ul>"


def _paragraph(t: Translator, *keys: str) -> str:
    return "".join(f"<p>{esc(t(f'a11y.{key}'))}</p>" for key in keys)


def _day(t: Translator, element: str, text: str) -> str:
    """A date marked up for programs; anything else stays words for the operator to replace."""
    if not _DAY.fullmatch(text):
        return f'<span id="{element}" class="fill">{esc(text)}</span>'
    return f'<time id="{element}" datetime="{text}">{esc(t.date(text))}</time>'


def _told(t: Translator, key: str) -> str:
    """What the operator tells of itself."""
    return f'<span class="fill">{esc(t(f"a11y.operator.{key}"))}</span>'


def _intro(t: Translator, name: str, url: str) -> str:
    address = f'<a id="a11y-url" href="{esc(url)}">{esc(name)}</a>' if url else f'<span id="a11y-url">{esc(name)}</span>'
    return (
        f'<p id="a11y-wstep"><span id="a11y-podmiot" class="fill">{esc(t("a11y.operator.entity"))}</span> {esc(t("a11y.intro.commits"))} '
        f'<span id="a11y-zakres">{esc(t("a11y.intro.scope"))}</span> {esc(t("a11y.intro.law"))} {address}.</p>'
        f"<ul><li>{esc(t('a11y.date.published'))} {_day(t, 'a11y-data-publikacja', t('a11y.operator.published'))}</li>"
        f"<li>{esc(t('a11y.date.updated'))} {_day(t, 'a11y-data-aktualizacja', UPDATED)}</li></ul>"
    )


def _status(t: Translator) -> str:
    return (
        f'{_heading(t, "status")}<p id="a11y-status">{esc(t("a11y.status.before"))} <strong>{esc(t("a11y.status.word"))}</strong> '
        f"{esc(t('a11y.status.after'))}</p>{_heading(t, 'content')}"
        f"<h3>{esc(t('a11y.content.failing'))}</h3>{_points(t, 'content.english', 'content.shortcut', 'content.polish')}"
        f"<h3>{esc(t('a11y.content.exempt'))}</h3>{_points(t, 'content.map', 'content.links')}"
    )


def _prepared(t: Translator) -> str:
    date = f"<p>{esc(t('a11y.prepared.on'))} {_day(t, 'a11y-data-sporzadzenie', PREPARED)}</p>"
    return _heading(t, "prepared") + date + _paragraph(t, "prepared.how", "prepared.review")


def _comfort(t: Translator) -> str:
    comfort = _heading(t, "comfort") + _points(t, "comfort.list", "comfort.colour", "comfort.zoom")
    return comfort + _heading(t, "keys") + _paragraph(t, "keys.text")


def _contact(t: Translator, contact: str) -> str:
    """The operator's contact where the setting names one; each of the three elements is always there."""
    scheme, _, address = contact.partition(":")
    told = {"mailto": "email", "tel": "phone"}.get(scheme, "page" if contact else "")
    lines = []
    for kind, element in (("email", "a11y-email"), ("phone", "a11y-telefon")):
        known = link(contact, address) if told == kind else _told(t, kind)
        lines.append(f'<li>{esc(t(f"a11y.contact.{kind}"))} <span id="{element}">{known}</span></li>')
    if told == "page":
        lines.append(f"<li>{esc(t('a11y.contact.page'))} {link(contact, contact)}</li>")
    who = f'<p>{esc(t("a11y.contact.who"))} <span id="a11y-kontakt">{esc(t("a11y.contact.unit"))}</span></p>'
    return _heading(t, "contact") + who + f"<ul>{''.join(lines)}</ul>"


def _procedure(t: Translator) -> str:
    ombudsman = f"<p>{esc(t('a11y.procedure.complaint'))} {link(OMBUDSMAN, t('a11y.procedure.rpo'))}.</p>"
    steps = _points(t, "procedure.name", "procedure.address", "procedure.problem")
    body = _paragraph(t, "procedure.right", "procedure.give") + steps + _paragraph(t, "procedure.terms") + ombudsman
    return f'<section id="a11y-procedura">{_heading(t, "procedure")}{body}</section>'


def _other(t: Translator) -> str:
    def block(element: str, key: str, body: str) -> str:
        return f'<section id="{element}">{_heading(t, key, 3)}<p>{body}</p></section>'

    apps = block("a11y-aplikacje", "apps", esc(t("a11y.apps.text")))
    building = block("a11y-architektura", "architecture", _told(t, "architecture"))
    talking = block("a11y-komunikacja", "communication", _told(t, "communication"))
    return _heading(t, "other") + apps + building + talking
