"""How to pay? Which programmes fit an idea by theme, people, area and amount; who may apply, itself or through which partner?

A call that was last described HISTORY_YEARS or more years ago is history: it shows what there was, not what there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.analysis.freshness import year_of
from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.offers import ALSO, applicants_of
from lib.analysis.ideas.partners import Partner
from lib.analysis.ideas.reason import Reason, because
from lib.analysis.initiatives import figure
from lib.domain.records import Item, covers

KIND = "funding"
HISTORY_YEARS = 3
"""Calls come once a year; one that was not described for three years may have changed or ended."""
NARROW = 3
"""A programme of up to three themes is about its first one; a longer list is open to each of its themes."""
GROUPS_OF_THEME = {"youth": ("youth", "children"), "seniors": ("seniors",), "women": ("women",), "disability": ("disabled",)}
"""Themes that say for whom a programme is, and the groups they reach: programmes for youth are open to children here."""
THROUGH_KM = 25.0
"""A partner who signs for a group should be within half an hour by car (straight line); one farther off is named only when none is near."""
MUNICIPALITY = "municipality"
FUNDING_SHOWN = 12
BEYOND = 2
"""Neither the gmina itself nor one that borders on it (see `Ground.band`)."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A programme that fits: whether the group may apply itself, else through which organisation's record ("" none), and how old it is."""

    item: Item
    eligible: bool
    through: str
    by_municipality: bool
    history: bool
    reasons: tuple[Reason, ...]


def fits(item: Item, idea: Idea, topics: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The themes that a programme and an idea share, () when it does not fit; `topics` are the topics of the programme's own text.

    A programme whose first theme names people fits an idea for them only. One of up to NARROW themes is about the first of them, so
    it fits an idea that is about it too or has a topic in common, and not one for other people than it names. One that only fire brigades
    (or only schools) may use fits by a topic in common. An idea without themes fits programmes with a long list of themes.
    """
    own, wanted = item.themes, idea.themes
    common = not topics.isdisjoint(idea.topics)
    if not own or (_of_one_kind(item) and not common):
        return ()
    if own[0] in GROUPS_OF_THEME and not (_for(own[0], idea) if idea.groups else own[0] in wanted):
        return ()
    if not wanted:
        return own if len(own) > NARROW and own[0] not in GROUPS_OF_THEME else ()
    shared = tuple(theme for theme in wanted if theme in own)
    if len(own) > NARROW or own[0] in GROUPS_OF_THEME:
        return shared
    named = [theme for theme in own if theme in GROUPS_OF_THEME]
    if named and idea.groups and not any(_for(theme, idea) for theme in named):
        return ()
    return shared if own[0] in idea.first_themes or common else ()


def _for(theme: str, idea: Idea) -> bool:
    """Whether a theme that names people names some of those the idea is for."""
    return not set(GROUPS_OF_THEME[theme]).isdisjoint(idea.groups)


def _of_one_kind(item: Item) -> bool:
    """Whether only one kind of organisation, beside the gmina, may use a programme made for its own work."""
    return set(allowed_of(item)) - {MUNICIPALITY} in ({"fire_brigade"}, {"school"})


def allowed_of(item: Item) -> tuple[str, ...]:
    """Who may apply, as codes of the vocabulary `applicant`."""
    return item.parts("who_can_apply")


def fitting(ground: Ground, idea: Idea) -> tuple[str, ...]:
    """Ids of the programmes whose themes, people and area fit the idea, whoever may apply."""
    return tuple(
        ground.items[row].id
        for row in ground.rows(KIND).tolist()
        if covers(ground.items[row], idea.place.teryt) and fits(ground.items[row], idea, _topics(ground, row))
    )


def _topics(ground: Ground, row: int) -> frozenset[str]:
    return frozenset(code for code in ground.concepts[row] if ground.kinds.get(code) == "topic")


def funding(ground: Ground, idea: Idea, found: Sequence[Partner], *, limit: int | None = FUNDING_SHOWN) -> tuple[Paid, ...]:
    """The fitting programmes: those the group may apply to itself, then through a partner of `found` (the first who may), then by the
    gmina; in each the current before history, then the most themes in common, then by id. Others are left out."""
    paid = [_paid(ground, idea, ground.items[ground.row_of[code]], found) for code in fitting(ground, idea)]
    usable = [one for one in paid if one is not None]
    shared = {one.item.id: len(fits(one.item, idea, _topics(ground, ground.row_of[one.item.id]))) for one in usable}
    usable.sort(key=lambda one: (_way(one), one.history, not _amount_fits(one.item, idea.amount), -shared[one.item.id], one.item.id))
    return tuple(usable[:limit])


def _way(one: Paid) -> int:
    return 0 if one.eligible else 1 if one.through else 2


def _paid(ground: Ground, idea: Idea, item: Item, found: Sequence[Partner]) -> Paid | None:
    """One programme with its reasons; None when neither the group nor a partner nor the gmina may apply."""
    allowed = allowed_of(item)
    own = tuple(code for code in ALSO.get(idea.who, (idea.who,)) if code in allowed)
    partner = None if own else _applicant(ground, idea, allowed, found)
    municipal = not own and MUNICIPALITY in allowed
    if not own and partner is None and not municipal:
        return None
    reasons = [*_who(idea, own, allowed, partner, municipal), *_what(ground, idea, item)]
    return Paid(
        item, bool(own), partner.item.id if partner else "", municipal and partner is None, is_history(item, ground.year), tuple(reasons)
    )


def _applicant(ground: Ground, idea: Idea, allowed: tuple[str, ...], found: Sequence[Partner]) -> Partner | None:
    """The first partner who may apply; near ones before far ones, and among them those who share a theme or a group with the idea."""
    able = [one for one in found if not set(applicants_of(one.item)).isdisjoint(allowed)]
    able.sort(key=lambda one: (not _near(ground, idea, one), not _close(idea, one.item)))
    return able[0] if able else None


def _near(ground: Ground, idea: Idea, one: Partner) -> bool:
    return one.km <= THROUGH_KM if one.km is not None else ground.band(idea.place, ground.row_of[one.item.id]) < BEYOND


def _close(idea: Idea, item: Item) -> bool:
    return not (set(idea.themes).isdisjoint(item.themes) and set(idea.groups).isdisjoint(item.groups))


def _who(idea: Idea, own: tuple[str, ...], allowed: tuple[str, ...], partner: Partner | None, municipal: bool) -> list[Reason]:
    """Who may apply."""
    if own:
        return [because("may_apply", applicants=own[:1])]
    if partner:
        as_what = tuple(code for code in applicants_of(partner.item) if code in allowed)[:1]
        return [because("may_apply_through", record=partner.item.id, applicants=as_what)]
    return [because("gmina_applies")] if municipal else []


def _what(ground: Ground, idea: Idea, item: Item) -> list[Reason]:
    """Theme, area, amount, own contribution and age."""
    low, high, share = (figure(item, name) for name in ("amount_min_pln", "amount_max_pln", "own_contribution_pct"))
    shared = fits(item, idea, _topics(ground, ground.row_of[item.id]))
    reasons = [because("themes", themes=shared)] if shared and idea.themes else []
    if low is not None and high is not None:
        reasons.append(because("amount_between", low=low, high=high))
    elif high is not None:
        reasons.append(because("amount_up_to", high=high))
    elif low is not None:
        reasons.append(because("amount_from", low=low))
    if idea.amount is not None and low is not None and idea.amount < low:
        reasons.append(because("amount_too_small", amount=idea.amount))
    if idea.amount is not None and high is not None and idea.amount > high:
        reasons.append(because("amount_covers_part", amount=idea.amount))
    if share is not None:
        reasons.append(because("own_share", share=share) if share else because("no_own_share"))
    reasons.append(_age(item, ground.year))
    return reasons


def _amount_fits(item: Item, amount: float | None) -> bool:
    low, high = figure(item, "amount_min_pln"), figure(item, "amount_max_pln")
    return amount is None or ((low is None or amount >= low) and (high is None or amount <= high))


def is_history(item: Item, year: int) -> bool:
    """Whether a programme was last described HISTORY_YEARS or more before the newest reading; one without a date is not known to be."""
    described = year_of(item.as_of)
    return described is not None and year - described >= HISTORY_YEARS


def _age(item: Item, year: int) -> Reason:
    if not item.as_of:
        return because("undated")
    return because("history" if is_history(item, year) else "described", date=item.as_of)
