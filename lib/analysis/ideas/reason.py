"""Why does a record stand in an answer? A reason as data: what it says, the records it rests on, and what it adds to a score."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence to be said in the reader's language.

    `key` names the sentence (`idea.reason.<key>`). The names of `params` say what their values are: `themes`, `groups`,
    `topics`, `categories` and `applicants` hold codes to be labelled, `gmina` a TERYT, `record` the id of a record whose name is
    meant, everything else is said as it is. `records` are the ids the sentence rests on; `points` is its share of a score, 0..1.
    """

    key: str
    params: tuple[tuple[str, Value], ...] = ()
    records: tuple[str, ...] = ()
    points: float = 0.0


def because(key: str, *, records: tuple[str, ...] = (), points: float = 0.0, **params: Value) -> Reason:
    """A reason with its parameters as keywords."""
    return Reason(key, tuple(params.items()), records, points)
