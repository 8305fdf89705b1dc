"""Which command is meant, and how does it end? Exit 0: done, 1: the data has problems, 2: the call cannot be understood."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from lib.cli.output import abandon_output, one_line, say, use_utf8
from lib.domain.vocabulary import DEFAULT_WHO, WHO
from lib.errors import MapaError
from lib.i18n import DEFAULT_LANGUAGE, Translator
from lib.settings import LANGUAGES, read_settings

EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130
Command = Callable[[argparse.Namespace, Translator], int]


def main(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code; a user's mistake is explained, never a traceback."""
    use_utf8()
    t = Translator(_language(argv))
    try:
        arguments = _parser(t).parse_args(argv)
        command: Command = arguments.command
        code = command(arguments, t)
        sys.stdout.flush()
        return code
    except SystemExit as end:  # argparse ends --help and unknown options this way
        return end.code if isinstance(end.code, int) else EXIT_USAGE
    except MapaError as error:
        say(one_line(t(f"errors.{error.key}", **error.params)), stream=sys.stderr)
        return EXIT_USAGE
    except BrokenPipeError:
        abandon_output()
        return EXIT_OK
    except OSError as error:
        say(one_line(t("errors.unreadable", path=str(error.filename or ""), reason=error.strerror or str(error))), stream=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _language(argv: Sequence[str]) -> str:
    """The language asked for, known before anything else so that the help speaks it too."""
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if value in LANGUAGES and word.startswith("--lang"):
            return value
    return DEFAULT_LANGUAGE


def _parser(t: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lib", description=t("cli.about"), allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="validate | search | gaps | measures | plan | invite | brief | idea")
    _add_validate(commands, t)
    _add_search(commands, t)
    _add_gaps(commands, t)
    _add_measures(commands, t)
    _add_brief(commands, t)
    _add_plan(commands, t)
    _add_invite(commands, t)
    _add_idea(commands, t)
    return parser


def _add_validate(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("validate", help=t("cli.validate.help"), description=t("cli.validate.about"), allow_abbrev=False)
    parser.add_argument("directory", nargs="?", type=Path, metavar="DIR", help=t("cli.validate.dir"))
    _add_common(parser, t)
    parser.set_defaults(command=_validate)


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("search", help=t("cli.search.help"), description=t("cli.search.about"), allow_abbrev=False)
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help=t("cli.search.text"))
    for option, metavar in (("kind", "KIND"), ("category", "C"), ("theme", "T"), ("group", "G"), ("gmina", "TERYT"), ("powiat", "NAME")):
        parser.add_argument(f"--{option}", action="append", default=[], metavar=metavar, help=t(f"cli.search.{option}"))
    parser.add_argument("--near", default="", metavar="LOCALITY[,TERYT]", help=t("cli.search.near"))
    for option, metavar in (("within", "KM"), ("from", "YEAR"), ("to", "YEAR"), ("since", "YEAR"), ("limit", "N")):
        parser.add_argument(f"--{option}", dest=f"{option}_", default="", metavar=metavar, help=t(f"cli.search.{option}"))
    parser.add_argument("--contact", action="store_true", help=t("cli.search.contact"))
    parser.add_argument("--approximate", action="store_true", help=t("cli.search.approximate"))
    parser.add_argument("--sort", choices=("relevance", "name", "distance"), default="relevance", help=t("cli.search.sort"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_search)


def _add_brief(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("brief", help=t("cli.brief.help"), description=t("cli.brief.about"), allow_abbrev=False)
    parser.add_argument("teryt", metavar="TERYT", help=t("cli.brief.teryt"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf|FILE.docx", help=t("cli.brief.out"))
    for option, metavar, usual in (("meeting", "RESOURCE_ID", ""), ("date", "YYYY-MM-DD", ""), ("km", "KM", "")):
        parser.add_argument(f"--{option}", default=usual, metavar=metavar, help=t(f"cli.brief.{option}"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_brief)


def _add_gaps(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("gaps", help=t("cli.gaps.help"), description=t("cli.gaps.about"), allow_abbrev=False)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--measure", metavar="ID", help=t("cli.gaps.measure"))
    asked.add_argument("--priority", action="store_true", help=t("cli.gaps.priority"))
    asked.add_argument("--reach", metavar="ID", help=t("cli.gaps.reach"))
    asked.add_argument("--needs", action="store_true", help=t("cli.gaps.needs"))
    asked.add_argument("--what-if", action="append", metavar="ID@LOCALITY,TERYT", help=t("cli.gaps.what_if"))
    for option, metavar, usual in (("weights", "NAME=W,…", ""), ("seed", "N", ""), ("km", "KM", "10")):
        parser.add_argument(f"--{option}", default=usual, metavar=metavar, help=t(f"cli.gaps.{option}"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_gaps)


def _add_measures(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("measures", help=t("cli.measures.help"), description=t("cli.measures.about"), allow_abbrev=False)
    parser.add_argument("--markdown", action="store_true", help=t("cli.measures.markdown"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_measures)


def _add_plan(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("plan", help=t("cli.plan.help"), description=t("cli.plan.about"), allow_abbrev=False)
    for option, metavar, default in (("meetings", "N", "3"), ("radius-km", "KM", "15"), ("group", "G", "all")):
        name = f"{option.replace('-', '_')}_"
        parser.add_argument(f"--{option}", dest=name, default=default, metavar=metavar, help=t(f"cli.plan.{option}"))
    for option, metavar in (("fix", "ID"), ("exclude", "TERYT|ID"), ("quota", "POWIAT:MIN-MAX"), ("own", "NAME@LOCALITY")):
        parser.add_argument(f"--{option}", action="append", default=[], metavar=metavar, help=t(f"cli.plan.{option}"))
    parser.add_argument("--mode", choices=("cover", "median"), default="cover", help=t("cli.plan.mode"))
    for option in ("one-per-gmina", "no-need", "no-past", "full"):
        parser.add_argument(f"--{option}", action="store_true", help=t(f"cli.plan.{option}"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_plan)


def _add_invite(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("invite", help=t("cli.invite.help"), description=t("cli.invite.about"), allow_abbrev=False)
    parser.add_argument("resource_id", metavar="RESOURCE_ID", help=t("cli.invite.resource"))
    parser.add_argument("--km", dest="km_", default="15", metavar="KM", help=t("cli.invite.km"))
    parser.add_argument("--out", required=True, metavar="FILE", help=t("cli.invite.out"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_invite)


def _add_idea(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Translator) -> None:
    parser = commands.add_parser("idea", help=t("cli.idea.help"), description=t("cli.idea.about"), allow_abbrev=False)
    parser.add_argument("text", nargs="?", default="", metavar="TEXT", help=t("cli.idea.text"))
    parser.add_argument("--gmina", required=True, metavar="TERYT", help=t("cli.idea.gmina"))
    parser.add_argument("--who", choices=WHO, default=DEFAULT_WHO, help=t("cli.idea.who"))
    _add_data(parser, t)
    _add_common(parser, t)
    parser.set_defaults(command=_idea)


def _add_data(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help=t("cli.search.data"))


def _add_common(parser: argparse.ArgumentParser, t: Translator) -> None:
    parser.add_argument("--json", action="store_true", help=t("cli.json"))
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE, help=t("cli.lang"))


def _run(run: Callable[[argparse.Namespace, Path, Translator], None], arguments: argparse.Namespace, t: Translator) -> int:
    """Runs a command on the data set that was asked for; each imports its own libraries, when it is called."""
    run(arguments, arguments.data or read_settings().data_dir, t)
    return EXIT_OK


def _validate(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.validate import run

    return EXIT_OK if run(arguments.directory or read_settings().data_dir, t, as_json=arguments.json) else EXIT_PROBLEMS


def _search(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.search import run

    return _run(run, arguments, t)


def _brief(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.brief import run

    return _run(run, arguments, t)


def _gaps(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.gaps import run

    return _run(run, arguments, t)


def _plan(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.plan import run

    return _run(run, arguments, t)


def _measures(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.measures import run

    return _run(run, arguments, t)


def _invite(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.invite import run

    return _run(run, arguments, t)


def _idea(arguments: argparse.Namespace, t: Translator) -> int:
    from lib.cli.idea import run

    return _run(run, arguments, t)
