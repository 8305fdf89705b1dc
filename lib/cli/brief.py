"""`python -m lib brief`: the brief of a gmina as a file to print, to send or to go on editing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lib.catalog.catalog import Catalog
from lib.catalog.load import Dataset
from lib.cli.choices import unknown
from lib.cli.opening import opened, warn
from lib.cli.output import one_line, say, say_json
from lib.errors import MapaError
from lib.i18n import Translator


def run(teryt: str, out: Path, directory: Path, t: Translator, *, as_json: bool) -> None:
    """Write the brief of the gmina `teryt` to `out`, whose ending chooses the format; raises MapaError for an unknown one of both."""
    from lib.analysis.gaps import assess_all
    from lib.analysis.region import Region
    from lib.reports.brief_gaps import gaps_of
    from lib.reports.make import FORMATS, make_brief

    form = out.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise MapaError("bad_ending", path=str(out), endings=", ".join(f".{name}" for name in FORMATS))
    if not out.parent.is_dir():
        raise MapaError("no_folder", path=str(out.parent))
    dataset = opened(directory)
    _check(teryt, dataset)
    warn(dataset, t)
    gaps = gaps_of(assess_all(Region.of(dataset)), teryt, t)
    content = make_brief(Catalog(dataset), teryt, t, form, gaps=gaps, made=date.today().isoformat())
    out.write_bytes(content)
    if as_json:
        say_json({"file": str(out), "teryt": teryt, "language": t.language, "bytes": len(content)})
    else:
        say(one_line(t("cli.brief.done", path=str(out), name=dataset.gminas[teryt].name)))


def _check(teryt: str, dataset: Dataset) -> None:
    if teryt not in dataset.gminas:
        raise unknown("TERYT", teryt, tuple(dataset.gminas), {code: (gmina.name,) for code, gmina in dataset.gminas.items()})
