"""`python -m lib invite`: whom to invite to a meeting at a venue, as a workbook or a mail merge file. Kilometres by road."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lib.cli.choices import kilometres_of, known_codes
from lib.cli.opening import opened
from lib.cli.output import one_line, say, say_json
from lib.domain.vocabulary import label_of
from lib.errors import MapaError
from lib.i18n import Translator

if TYPE_CHECKING:
    from lib.analysis.invitations import Invitations
    from lib.catalog.load import Dataset

FORMATS = (".xlsx", ".csv")
SHOWN = 10
"""Invitees printed for people: the file holds all."""


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """Write the invitation list of one venue; raises MapaError for an unknown venue, a bad distance or a file that cannot be made."""
    from lib.analysis.invitations import invitations, shares_within
    from lib.analysis.plan_venues import venues
    from lib.analysis.plan_wishes import Wishes

    out = Path(arguments.out)
    if out.suffix.lower() not in FORMATS:
        raise MapaError("invite_bad_file", value=str(out), formats=", ".join(FORMATS))
    dataset = opened(directory)
    names = {item.id: (item.name,) for item in dataset.items if item.kind == "resources"}
    (code,) = known_codes("RESOURCE_ID", [arguments.resource_id], list(names), names)
    venue = venues(dataset.items, dataset.localities, Wishes(fixed=(code,)))[code]
    km = kilometres_of(arguments.km_)
    found = invitations(dataset, venue, km, shares_within(dataset, venue, km))
    out.write_bytes(file_of(found, dataset, t, out.suffix.lower()))
    if arguments.json:
        say_json({"venue": venue.id, "km": km, "near": len(found.near), "approximate": len(found.approximate), "out": str(out)})
    else:
        _print(found, out, t)


def file_of(found: Invitations, dataset: Dataset, t: Translator, suffix: str) -> bytes:
    """The list as `.xlsx` (sheets for who is within reach, who is known only by the gmina, partners from farther off) or as `.csv`."""
    from lib.exchange.workbook import Sheet, to_csv_table, to_workbook
    from lib.reports import invitation_rows as rows

    label = labels(dataset, t)
    if suffix == ".csv":
        every = rows.Occasion(found.venue, found.everybody)
        return to_csv_table(rows.MERGE_COLUMNS, rows.merge_rows([every], t, label))
    header, widths = [t(f"plan.sheet.{name}") for name in rows.COLUMNS], [rows.WIDTHS.get(name, 0) for name in rows.COLUMNS]
    near, rough, far = (
        rows.list_rows([rows.Occasion(found.venue, some)], t, label) for some in (found.near, found.approximate, found.partners)
    )
    about: list[rows.Cells] = [
        [t("plan.sheet.about_km"), found.km],
        [t("plan.sheet.about_version"), dataset.version],
        [t("plan.limits.roads"), ""],
    ]
    return to_workbook(
        [
            Sheet(t("plan.sheet.near"), header, near, widths),
            Sheet(t("plan.sheet.rough"), header, rough, widths),
            *([Sheet(t("plan.sheet.partners"), header, far, widths)] if far else []),
            Sheet(t("plan.sheet.about"), (), about, (70, 20)),
        ]
    )


def labels(dataset: Dataset, t: Translator) -> Callable[[str, str], str]:
    """The names of codes (of a vocabulary, or of a gmina) in one language; a code without one stays as it is."""

    def label(vocabulary: str, code: str) -> str:
        if vocabulary == "gmina":
            gmina = dataset.gminas.get(code)
            return gmina.name if gmina else code
        return label_of(dataset.vocabularies.get(vocabulary, {}), code, t.language)

    return label


def _print(found: Invitations, out: Path, t: Translator) -> None:
    from lib.reports.invitation_rows import name_of

    say(t("cli.invite.done", near=len(found.near), rough=len(found.approximate), far=len(found.partners), path=one_line(out)))
    for one in found.near[:SHOWN]:
        way = "" if one.km is None else f" ({t.number(one.km)} km)"
        say(f"  {one_line(name_of(one, t))}{way}")
    say(t("plan.limits.roads"))
