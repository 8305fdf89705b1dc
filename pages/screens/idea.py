"""Mam pomysł: what is needed near me, how did others do it, with whom, what if people are lacking, how do we pay for it?

A resident says afterwards: "I typed one sentence and knew whom to call, what others had done, and which grant our circle can ask
for; I took one page to the mayor." An animator: "I showed a group why these partners, and we moved the weights together." An
official: "The sheet on my desk names its sources."
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from lib.analysis.ideas.alike import LOOSE
from lib.analysis.ideas.needs import MATTER
from lib.analysis.ideas.offers import NO_PERSONALITY
from lib.catalog.catalog import Catalog
from lib.i18n import Translator
from lib.reports.idea_gaps import touched
from lib.reports.idea_words import Wording
from lib.reports.ideas import Answers, Question, answer
from lib.settings import LANGUAGES
from pages.parts import answers, cache, client, entries, frame, idea_form, results, sheets, state
from pages.parts.entries import Page
from pages.parts.html import esc, shown

SECTIONS = ("what", "how", "whom", "hands", "pay", "take")
EXAMPLES = ("computers", "repair", "playground")
"""Ideas to try, in the visitor's language; each with a gmina in which the data has something to say."""
NONSENSE_CHARS = 80
"""Characters of a text of which no word was understood that are shown back."""
EXAMPLE_GMINAS = {"computers": "2404142", "repair": "2406013", "playground": "2404052"}


def main() -> None:
    """The form, what was understood, and the answers."""
    catalog, t, address = cache.catalog(), state.texts(), state.read()
    desk = cache.desk(catalog)
    question = idea_form.question_of(address, catalog)
    found = with_gaps(catalog, answer(desk, question), question.teryt)
    idea_form.seed(address, question, found)
    frame.title(t("idea.title"), t("idea.lead"))
    page = Page(results.cards_for(catalog, t), Wording(catalog.dataset, desk.reader.concepts_by_id, t))
    form = idea_form.Form(catalog, question, t)
    with st.container(key="idea_form"):
        text, where, read = st.columns([1.3, 1, 1.3], gap="large")
        with text:
            form.idea()
        with where:
            form.place()
            form.who()
            pressed = form.ask()
            client.copy_link(t("filter.copy"), t("filter.copied"), key="copy")
        with read:
            if question.text.strip():
                understood(page, found, form)
            else:
                welcome(catalog, t)
    if question.text.strip() and not found.understood:
        not_understood(page, found, t)
    elif question.text.strip() or question.teryt:
        five_answers(page, found, form)
    if question.text.strip():
        client.to_anchor("answers", news(pressed))


def news(pressed: bool) -> str | None:
    """A new code for every press of the button, None in every other run: only a press moves the page to the answers."""
    if not pressed:
        return None
    st.session_state["_asked"] = int(st.session_state.get("_asked", 0)) + 1
    return str(st.session_state["_asked"])


def not_understood(page: Page, found: Answers, t: Translator) -> None:
    """What stands instead of answers when nothing is known of the idea: who is active in the gmina, unranked, and whom to call."""
    gmina = found.idea.place.teryt
    st.html(f'<div id="answers" tabindex="-1">{answers.notice(nonsense(found, t))}</div>')
    if gmina:
        st.html(f'<h2 class="sec">{esc(t("idea.who_acts.title"))}</h2>{answers.who_acts_html(page, gmina)}')
    st.html(f'<h2 class="sec" id="m-hands" tabindex="-1">{esc(t("idea.hands.support"))}</h2>{answers.support_html(page, found)}')
    st.html(f'<p class="quiet">{esc(t("idea.take.not_yet"))}</p>')


def nonsense(found: Answers, t: Translator) -> str:
    """Which words were not understood and what to write instead; very short ones are told as they were typed."""
    return t("idea.read.nonsense", words=", ".join(found.reading.unknown) or shown(found.question.text.strip(), NONSENSE_CHARS))


def with_gaps(catalog: Catalog, found: Answers, teryt: str) -> Answers:
    """The answers with the gaps that the idea would touch in its gmina; none where nothing was asked."""
    if not teryt or not found.idea.themes:
        return found
    speakers = [cache.translator(language) for language in LANGUAGES]
    return replace(found, gaps=touched(cache.assessments(catalog), teryt, found.idea.themes, found.idea.groups, speakers, catalog.dataset))


def welcome(catalog: Catalog, t: Translator) -> None:
    """What the page does, and ideas to try."""
    known = [name for name in EXAMPLES if EXAMPLE_GMINAS[name] in catalog.dataset.gminas]
    links = "".join(f"<li>{_example_link(catalog, name, t)}</li>" for name in known)
    steps = "".join(f"<li>{esc(t(f'idea.section.{name}'))}</li>" for name in SECTIONS[:5])
    st.html(
        f'<h2>{esc(t("idea.welcome.title"))}</h2><p>{esc(t("idea.welcome.lead"))}</p><ul class="lines plain">{steps}</ul>'
        + (f'<h3>{esc(t("idea.welcome.try"))}</h3><ul class="lines">{links}</ul>' if links else "")
    )


def _example_link(catalog: Catalog, name: str, t: Translator) -> str:
    text, teryt = t(f"idea.example.{name}"), EXAMPLE_GMINAS[name]
    params = {"idea": text, "gmina": teryt, **state.language_params()}
    return f'<a href="./pomysl?{esc(urlencode(params), 2000)}" target="_self">{esc(text)}</a> ({esc(catalog.dataset.gminas[teryt].name)})'


def understood(page: Page, found: Answers, form: idea_form.Form) -> None:
    """What was read from the text word by word, and the guesses to correct."""
    t, reading = form.t, found.reading
    guessed = idea_form.gmina_in_text(form.catalog, found.question.text) if not state.read().query.gminas else ""
    name = t("idea.form.gmina_read", name=page.words.gmina(guessed)) if guessed and guessed == found.question.teryt else ""
    placed = f'<p class="quiet">{esc(name)}</p>' if name else ""
    st.html(f"<h2>{esc(t('idea.read.title'))}</h2>{words_html(page, found)}{placed}")
    if reading.cut or len(str(st.session_state.get("idea_text", ""))) > len(form.question.text):
        st.html(f'<div class="notice">{esc(t("idea.read.cut", n=idea_form.MAX_IDEA))}</div>')
    corrected = question_is_corrected(form.question)
    form.corrections(opened=corrected or not found.idea.themes)


def question_is_corrected(question: Question) -> bool:
    """Whether somebody changed what was guessed."""
    return question.themes is not None or question.groups is not None


def words_html(page: Page, found: Answers) -> str:
    """Each word that was understood and what it was taken for; then the words that were not."""
    t, words = page.cards.t, page.words
    concepts = words.concepts
    rows = []
    for read in found.reading.words:
        concept = concepts[read.concept]
        meant = [words.terms("theme", concept.themes), words.terms("target_group", concept.groups)]
        said = ", ".join(part for part in (*meant, words.terms("category", concept.categories)) if part) or t("idea.read.form")
        rows.append(f"<li><b>{esc(read.text, 80)}</b> → {esc(concept.label(t.language))} <span class='quiet'>({esc(said)})</span></li>")
    listed = f'<ul class="lines">{"".join(rows)}</ul>' if rows else answers.notice(t("idea.read.nothing"))
    unknown = ", ".join(found.reading.unknown)
    return listed + (f'<p class="quiet">{esc(t("idea.read.unknown", words=unknown))}</p>' if unknown else "")


def five_answers(page: Page, found: Answers, form: idea_form.Form) -> None:
    """The answers under the questions of the Miniforum, and the sheet to take along."""
    t, question = form.t, form.question
    if not question.teryt:
        st.html(answers.notice(t("idea.no_gmina")))
    if not question.text.strip():
        st.html(answers.notice(t("idea.no_text")))
    if said := entries.in_polish(t):
        st.html(f'<p class="quiet">{esc(said)}</p>')
    st.html(f'<div id="answers" tabindex="-1">{_contents(page, found, t)}</div>')
    left, right = st.columns(2, gap="large")
    with left:
        section("what", t, f"<h3>{esc(t('idea.needs.title'))}</h3>{answers.needs_html(page, found)}")
        st.html(f"<h3>{esc(t('idea.existing.title'))}</h3>{answers.existing_html(page, found)}")
        st.html(f"<h3>{esc(t('idea.gaps.title'))}</h3>{answers.gaps_html(page, found)}")
    with right:
        section("how", t, f"<h3>{esc(t('idea.examples.title'))}</h3>{answers.examples_html(page, found)}")
        st.html(f"<h3>{esc(t('idea.check.title'))}</h3>{answers.checklist_html(page, found.checklist)}")
    left, right = st.columns(2, gap="large")
    with left:
        section("whom", t, f'<p class="quiet">{esc(t("idea.partners.rule"))}</p>')
        form.weights()
        st.html(answers.partners_html(page, found))
    with right:
        section("hands", t, answers.hands_html(page, found))
        rules = [t("idea.funding.rule"), *([t("idea.check.patron")] if found.idea.who in NO_PERSONALITY else [])]
        section("pay", t, "".join(f'<p class="quiet">{esc(rule)}</p>' for rule in rules) + answers.funding_html(page, found))
    if question.text.strip():
        section("take", t, f"<p>{esc(t('idea.take.lead'))}</p>")
        sheets.buttons(page, found, t)
    st.html(f'<p class="quiet">{esc(measured_from(page, found, t))} {esc(t("map.sample"))}</p>')


def measured_from(page: Page, found: Answers, t: Translator) -> str:
    """From where distances are measured."""
    place = found.idea.place
    if place.exact:
        return t("idea.place.exact", name=place.name)
    return t("idea.place.unknown")


def _contents(page: Page, found: Answers, t: Translator) -> str:
    """The ways to the answers, each with how much it found; what is folded away as a looser likeness is not counted."""
    counts = {
        "what": sum(one.tier == MATTER for one in found.needs) + sum(one.tier != LOOSE for one in found.existing),
        "how": sum(one.sound for one in found.examples),
        "whom": len(found.partners),
        "hands": len(found.hands),
        "pay": len(found.funding),
    }
    links = "".join(f'<li><a href="#m-{name}">{esc(t(f"idea.short.{name}"))} ({t.number(n)})</a></li>' for name, n in counts.items())
    take = f'<li><a href="#m-take">{esc(t("idea.section.take"))}</a></li>' if found.question.text.strip() else ""
    return f'<nav aria-label="{esc(t("gmina.contents"))}"><ul class="toc">{links}{take}</ul></nav>'


def section(name: str, t: Translator, body: str) -> None:
    """A heading that links can lead to, and what stands under it."""
    st.html(f'<h2 class="sec" id="m-{name}" tabindex="-1">{esc(t(f"idea.section.{name}"))}</h2>{body}')


main()
