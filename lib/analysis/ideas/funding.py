"""How to pay? Which programmes fit an idea by theme, people, area and amount; who may apply, itself or through which partner?

A call that was last described HISTORY_YEARS or more years ago is history: it shows what there was, not what there is. One without
editions, open all year, becomes history only after ROLLING_YEARS.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lib.analysis.freshness import AGE_STEPS, year_of
from lib.analysis.ideas.ground import Ground, Idea
from lib.analysis.ideas.offers import ALSO, NO_PERSONALITY, applicants_of
from lib.analysis.ideas.partners import Partner
from lib.analysis.ideas.reason import Reason, because
from lib.analysis.initiatives import figure
from lib.domain.records import Item, covers

KIND = "funding"
HISTORY_YEARS = 3
"""Calls come once a year; one that was not described for three years may have changed or ended."""
ROLLING_YEARS = AGE_STEPS[1]
"""A call without editions has none to miss, but after as many years even a club may have gone."""
_ROLLING = re.compile(r"^(?:nabór |nabory |wsparcie )?(?:cały rok|całoroczn|ciągł|stał[ye] nab)", re.IGNORECASE)
NARROW = 3
"""A programme of up to three themes is about its first one; a longer list is open to each of its themes."""
GROUPS_OF_THEME = {"youth": ("youth", "children"), "seniors": ("seniors",), "women": ("women",), "disability": ("disabled",)}
"""Themes that say for whom a programme is, and the groups they reach: programmes for youth are open to children here."""
THROUGH_KM = 25.0
"""A partner who signs for a group should be within half an hour by car (straight line); one farther off is named only when none is near."""
MUNICIPALITY = "municipality"
SELF, PATRON, PROPOSAL, THROUGH, GMINA = "self", "patron", "proposal", "through", "gmina"
WAYS = (SELF, PATRON, PROPOSAL, THROUGH, GMINA)
"""How the money is reached, in the order of the answer: the group applies and signs; the programme takes groups without legal
personality, for which a patron signs; residents hand in a proposal that the local authority carries out; a partner applies; the gmina."""
VILLAGE_FUND = "fundusz sołecki"
"""A village meeting decides on it every year by the end of September, for any of the gmina's own tasks: whatever the theme."""
PROPOSALS = ("budżet obywatelski", VILLAGE_FUND, "inicjatywa lokalna")
"""Ways of Polish law in which residents decide on public money without signing for it, by how their programmes are called. They return
every year, however old the page is that describes one."""
TOWN_KIND, RURAL_KIND = "1", "2"
"""The last digit of the TERYT of a gmina that is a town only, and of one without a town."""
UNITS = frozenset({"fire_brigade", "kgw", "senior_club", "sports_club", "culture_centre", "library", "school", "parish_group"})
"""Kinds of which a gmina has its own that does the same: its own is named before a neighbour's."""
FUNDING_SHOWN = 12
BEYOND = 2
"""Neither the gmina itself nor one that borders on it (see `Ground.band`)."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A programme that fits: in which of WAYS it is reached, whether the programme takes what the group hands in (`eligible`), else
    through which organisation's record ("" none), and how old it is. A patron stands in the reasons, because it can be another one."""

    item: Item
    way: str
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
    village = in_village(ground, idea)
    return tuple(
        ground.items[row].id
        for row in ground.rows(KIND).tolist()
        if covers(ground.items[row], idea.place.teryt)
        and (fits(ground.items[row], idea, _topics(ground, row)) or (village and _named(ground.items[row], VILLAGE_FUND)))
    )


def in_village(ground: Ground, idea: Idea) -> bool:
    """Whether the idea may be in a village: in a gmina that has some, and not known to be in its town."""
    gmina = ground.gminas.get(idea.place.teryt)
    if gmina is None or idea.is_empty or gmina.teryt.endswith(TOWN_KIND):
        return False
    return gmina.teryt.endswith(RURAL_KIND) or not idea.place.exact or idea.place.name != gmina.name


def _named(item: Item, *names: str) -> bool:
    return any(name in item.name.casefold() for name in names)


def is_yearly(item: Item) -> bool:
    """Whether a programme is one of the ways of law that return every year."""
    return _named(item, *PROPOSALS)


def _topics(ground: Ground, row: int) -> frozenset[str]:
    return frozenset(code for code in ground.concepts[row] if ground.kinds.get(code) == "topic")


def funding(ground: Ground, idea: Idea, found: Sequence[Partner], *, limit: int | None = FUNDING_SHOWN) -> tuple[Paid, ...]:
    """The fitting programmes: those the group may apply to itself, then through a partner of `found` (the first who may), then by the
    gmina; in each the current before history, then the most themes in common, then by id. Others are left out."""
    paid = [_paid(ground, idea, ground.items[ground.row_of[code]], found) for code in fitting(ground, idea)]
    usable = [one for one in paid if one is not None]
    shared = {one.item.id: len(fits(one.item, idea, _topics(ground, ground.row_of[one.item.id]))) for one in usable}
    usable.sort(
        key=lambda one: (WAYS.index(one.way), one.history, not _amount_fits(one.item, idea.amount), -shared[one.item.id], one.item.id)
    )
    return tuple(usable[:limit])


def _paid(ground: Ground, idea: Idea, item: Item, found: Sequence[Partner]) -> Paid | None:
    """One programme with its reasons; None when neither the group nor a partner nor the gmina may apply."""
    allowed = allowed_of(item)
    own = tuple(code for code in ALSO.get(idea.who, (idea.who,)) if code in allowed)
    partner = _applicant(ground, idea, _signers(own, allowed), found)
    way = _way(item, own, partner, allowed)
    if not way:
        return None
    reasons = (_who(way, own, allowed, partner), *_what(ground, idea, item))
    through = partner.item.id if partner and way == THROUGH else ""
    return Paid(item, way, bool(own), through, way == GMINA, is_history(item, ground.year), reasons)


def _signers(own: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """As what a partner may sign: as any of those allowed for a group that may not apply, as a body with legal personality for one that
    has none; nobody for a group that signs itself."""
    if not own:
        return allowed
    return tuple(code for code in allowed if code not in NO_PERSONALITY) if own[0] in NO_PERSONALITY else ()


def _way(item: Item, own: tuple[str, ...], partner: Partner | None, allowed: tuple[str, ...]) -> str:
    """In which of WAYS the group reaches a programme; "" when neither it nor a partner nor the gmina may apply."""
    if own and is_yearly(item):
        return PROPOSAL
    if own:
        return PATRON if own[0] in NO_PERSONALITY else SELF
    return THROUGH if partner else GMINA if MUNICIPALITY in allowed else ""


def _applicant(ground: Ground, idea: Idea, allowed: tuple[str, ...], found: Sequence[Partner]) -> Partner | None:
    """The first partner who may apply; near ones before far ones, and among them those who share a theme or a group with the idea. A
    brigade (or another of UNITS) of another gmina gives way to the own gmina's."""
    able = [one for one in found if not set(applicants_of(one.item)).isdisjoint(allowed)]
    able.sort(key=lambda one: (not _near(ground, idea, one), not _close(idea, one.item)))
    if not able:
        return None
    first = able[0].item
    own = [one for one in able if one.item.teryt == idea.place.teryt and one.item.category == first.category]
    return own[0] if own and first.category in UNITS else able[0]


def _near(ground: Ground, idea: Idea, one: Partner) -> bool:
    return one.km <= THROUGH_KM if one.km is not None else ground.band(idea.place, ground.row_of[one.item.id]) < BEYOND


def _close(idea: Idea, item: Item) -> bool:
    return not (set(idea.themes).isdisjoint(item.themes) and set(idea.groups).isdisjoint(item.groups))


def _who(way: str, own: tuple[str, ...], allowed: tuple[str, ...], partner: Partner | None) -> Reason:
    """Who hands what in, and who signs."""
    if way == PROPOSAL:
        return because("may_propose")
    if way == SELF:
        return because("may_apply", applicants=own[:1])
    if way == PATRON:
        return because("with_patron_like", record=partner.item.id) if partner else because("with_patron")
    if way == THROUGH and partner:
        as_what = tuple(code for code in applicants_of(partner.item) if code in allowed)[:1]
        return because("may_apply_through", record=partner.item.id, applicants=as_what)
    return because("gmina_applies")


def _what(ground: Ground, idea: Idea, item: Item) -> list[Reason]:
    """Theme, area, amount, own contribution and age."""
    low, high, share = (figure(item, name) for name in ("amount_min_pln", "amount_max_pln", "own_contribution_pct"))
    shared = fits(item, idea, _topics(ground, ground.row_of[item.id]))
    village = [] if shared or not _named(item, VILLAGE_FUND) else [because("village")]
    reasons = [because("themes", themes=shared)] if shared and idea.themes else village
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
    """Whether a programme was last described HISTORY_YEARS (one that is open all year: ROLLING_YEARS) or more before the newest
    reading; one without a date is not known to be, one that is_yearly never is."""
    described = year_of(item.as_of)
    return described is not None and not is_yearly(item) and year - described >= (ROLLING_YEARS if is_rolling(item) else HISTORY_YEARS)


def is_rolling(item: Item) -> bool:
    """Whether a programme takes applications all the time instead of in editions."""
    return bool(_ROLLING.match(item.details.get("call_pattern_pl", "").strip()))


def _age(item: Item, year: int) -> Reason:
    if is_yearly(item):
        return because("yearly", date=item.as_of) if item.as_of else because("yearly_undated")
    if not item.as_of:
        return because("undated")
    if is_history(item, year):
        return because("history", date=item.as_of)
    return because("described_rolling" if is_rolling(item) else "described", date=item.as_of)
