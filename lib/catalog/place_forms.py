"""Which written forms may the name of a Polish place take? ("Kłobuck": Kłobucka, Kłobucku, Kłobuckiem, kłobucki ...)

Dictionaries know few villages, so the forms are made by rule from the ending of the name. All forms are folded (no capitals,
no diacritics): ó/o, ł/l, ń/n and ś/s alternations then need no rule. A rule may make a form that nobody uses; that costs
nothing, because a form only ever leads to its own place.
"""

from __future__ import annotations

from functools import lru_cache

MIN_FORM = 3
"""Shorter strings are prepositions and initials, not places."""

_HARD = "a owi em iem u ie e"
_PLURAL = "om ami ach ow"
_NOUN_RULES: tuple[tuple[str, int, str], ...] = (
    # (ending of the name, letters cut from its end, endings that are put there)
    ("iec", 3, "ca cowi cem cu"),
    ("ec", 2, "ca cowi cem cu"),
    ("iek", 3, "ka kowi kiem ku"),
    ("ek", 2, "ka kowi kiem ku"),
    ("ies", 3, "si sia"),
    ("ien", 3, "nia niu niem ni"),
    ("iska", 1, _PLURAL),
    ("ka", 1, "i e o"),
    ("ka", 2, "ce ek"),
    ("ga", 1, "i e o"),
    ("ga", 2, "dze"),
    ("ta", 2, "cie"),
    ("da", 2, "dzie"),
    ("ra", 2, "rze"),
    ("ia", 2, "i ie io ii"),
    ("ja", 2, "i"),
    ("a", 1, "y i ie e o ej"),
    ("ki", 2, "ek"),
    ("ce", 1, f"y {_PLURAL}"),
    ("ie", 2, "ia iu iem"),
    ("e", 1, f"a u em ego emu ych ich ym im {_PLURAL}"),
    ("to", 2, "cie"),
    ("o", 1, "a u em iem ie"),
    ("y", 1, f"ego emu ym ych {_PLURAL}"),
    ("i", 1, f"ego emu im ich iego iemu {_PLURAL}"),
    ("t", 1, "cie"),
    ("d", 1, "dzie"),
    ("r", 1, "rze"),
)
_BARE_GENITIVE = ("a", "e", "o", "y", "i")
"""Names that lose this vowel in the genitive plural: Konopiska - Konopisk, Rędziny - Rędzin, Kłomnice - Kłomnic."""
_ADJECTIVE_ENDINGS = ["i", "iego", "iemu", "im", "ich", "imi", "ie", "a", "iej", "o", "u"]
_ADJECTIVE_RULES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    # (ending of the name, letters cut, what takes the adjective's -i): the first rule that fits is used
    ("ck", 0, ("",)),
    ("sk", 0, ("",)),
    ("arki", 2, ("eck", "kowsk")),
    ("ki", 2, ("eck", "kowsk")),
    ("ka", 2, ("eck", "kowsk")),
    ("iek", 3, ("eck", "kowsk")),
    ("ek", 2, ("eck", "kowsk")),
    ("iec", 3, ("eck",)),
    ("ec", 2, ("eck",)),
    ("ice", 1, ("k",)),
    ("yce", 1, ("k",)),
    ("ica", 1, ("k",)),
    ("yca", 1, ("k",)),
    ("ia", 2, ("sk", "iansk")),
    ("ie", 2, ("sk", "iensk")),
    ("no", 1, ("sk", "iensk")),
    ("na", 1, ("sk", "iansk", "iensk")),
    ("a", 1, ("sk", "ansk")),
    ("e", 1, ("sk",)),
    ("o", 1, ("sk",)),
    ("y", 1, ("sk",)),
    ("i", 1, ("sk",)),
    ("", 0, ("sk",)),
)


@lru_cache(maxsize=4096)
def noun_forms(word: str) -> frozenset[str]:
    """The cases of one folded word of a place name, itself included."""
    forms = {word}
    for ending, cut, added in _NOUN_RULES:
        if word.endswith(ending):
            forms.update(word[: len(word) - cut] + suffix for suffix in added.split())
    if word.endswith(_BARE_GENITIVE):
        forms.add(word[:-1])
    else:
        forms.update(word + suffix for suffix in _HARD.split())
    return frozenset(form for form in forms if len(form) >= MIN_FORM)


@lru_cache(maxsize=4096)
def adjective_forms(word: str) -> dict[str, str]:
    """The forms of the adjectives that belong to a place, each with its nominative: {"klobuckiego": "klobucki"}."""
    for ending, cut, stems in _ADJECTIVE_RULES:
        if word.endswith(ending):
            bases = [word[: len(word) - cut] + stem for stem in stems]
            return {base + suffix: base + "i" for base in bases for suffix in _ADJECTIVE_ENDINGS if len(base) > MIN_FORM}
    return {}
