"""`python -m lib brief`: the brief of a gmina as a file to print, to send or to go on editing."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from lib.analysis.meeting_dates import SUNDAY_NAME, judged
from lib.catalog.catalog import Catalog
from lib.catalog.load import Dataset
from lib.cli.choices import gmina_of, kilometres_of, known_codes
from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.errors import MapaError
from lib.i18n import Translator
from lib.reports.facts import Meeting
from lib.reports.partners import REACH_KM


def run(arguments: argparse.Namespace, directory: Path, t: Translator) -> None:
    """Write the brief of a gmina, or of a meeting in it; the file's ending chooses the format. Raises MapaError for what is unknown."""
    from lib.analysis.gaps import assess_all
    from lib.analysis.region import Region
    from lib.reports.brief_gaps import gaps_of
    from lib.reports.document import FORMATS
    from lib.reports.make import make_brief

    out: Path = arguments.out
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise MapaError("bad_ending", path=str(out), endings=", ".join(f".{name}" for name in FORMATS))
    if not out.parent.is_dir():
        raise MapaError("no_folder", path=str(out.parent))
    dataset = opened(directory)
    teryt = gmina_of(arguments.teryt, dataset, option="TERYT")
    if not arguments.meeting and (arguments.date or arguments.km):
        raise MapaError("only_with_meeting", option="--date" if arguments.date else "--km")
    meeting = _meeting(arguments, dataset, teryt) if arguments.meeting else None
    warn(dataset, t)
    if meeting and meeting.date:
        _notice(meeting.date, t)
    gaps = gaps_of(assess_all(Region.of(dataset)), teryt, t)
    content = make_brief(Catalog(dataset), teryt, t, form, gaps=gaps, meeting=meeting, made=date.today().isoformat())
    out.write_bytes(content)
    if arguments.json:
        say_json({"file": str(out), "teryt": teryt, "language": t.language, "bytes": len(content)})
    else:
        done = "cli.brief.done_meeting" if meeting else "cli.brief.done"
        say(one_line(t(done, path=str(out), name=dataset.gminas[teryt].name)))


def _meeting(arguments: argparse.Namespace, dataset: Dataset, teryt: str) -> Meeting:
    """The meeting asked for: a venue of the gmina with a known place, perhaps a day to come, and its reach."""
    placed = {item.id: item for item in dataset.items if item.kind == "resources" and item.latitude is not None and not item.approximate}
    (code,) = known_codes("--meeting", [arguments.meeting], list(placed), {key: (item.name,) for key, item in placed.items()})
    venue = placed[code]
    if venue.teryt != teryt:
        gminas = dataset.gminas
        raise MapaError("venue_elsewhere", venue=venue.name, gmina=gminas[venue.teryt].name, asked=gminas[teryt].name, teryt=venue.teryt)
    if arguments.date and not _is_day(arguments.date):
        raise MapaError("bad_day", value=arguments.date)
    if arguments.date and arguments.date < date.today().isoformat():
        raise MapaError("past_day", value=arguments.date)
    km = kilometres_of(arguments.km) if arguments.km else REACH_KM
    if not km:
        raise MapaError("no_reach", value=arguments.km)
    return Meeting(venue.name, float(venue.latitude or 0), float(venue.longitude or 0), arguments.date, km)


def _notice(day: str, t: Translator) -> None:
    """Mentions that the day is a Sunday or a public holiday: it may be meant, so that the brief is written all the same."""
    free = judged(date.fromisoformat(day), t.language).free
    if free:
        named = t("cli.brief.sunday") if free == SUNDAY_NAME else free
        say(one_line(t("cli.brief.free_day", day=t.date(day), name=named)), stream=sys.stderr)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
