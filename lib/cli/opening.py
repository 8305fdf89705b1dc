"""How does a command get its data set? A directory that does not exist is refused; defects of its files are mentioned, not fatal."""

from __future__ import annotations

import sys
from pathlib import Path

from lib.catalog.load import Dataset, load_dataset
from lib.cli.output import say
from lib.errors import MapaError
from lib.i18n import Translator
from lib.settings import DATA_DIR


def opened(directory: Path) -> Dataset:
    """The data set of a directory; raises MapaError when there is no such directory."""
    if not directory.is_dir():
        raise MapaError("no_directory", path=str(directory))
    return load_dataset(directory, DATA_DIR)


def warn(dataset: Dataset, t: Translator) -> None:
    """Mentions on the error stream that some of the files have defects."""
    if dataset.problems:
        say(t("cli.search.unsound", n=len(dataset.problems)), stream=sys.stderr)
