"""The command line: `python -m observations COMMAND --help`."""

import argparse
from pathlib import Path

from observations.base.roles import Role

EXIT_CODES = "exit codes: 0 done, 1 problems found, 2 wrong usage, 3 refused, 4 storage unavailable"


def build_parser() -> argparse.ArgumentParser:
    """Every command with its help."""
    parser = argparse.ArgumentParser(
        prog="python -m observations",
        description="Commands of Green Traces Hangzhou. They work beside a running server.",
        epilog=EXIT_CODES,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="fill an empty store with a marked demo half-year")
    demo.add_argument("--seed", type=int, default=None, help="the same seed, the same demo")
    demo.add_argument("--if-empty", action="store_true", help="do nothing where records are")
    _add_staff(commands)
    taxa = commands.add_parser("import-taxa", help="take a list of taxa (Darwin Core Taxon, CSV)")
    taxa.add_argument("file", help="UTF-8, UTF-16 or GB18030; docs/operations.md has the columns")
    taxa.add_argument("--dry-run", action="store_true", help="only say what it would change")
    places = commands.add_parser("import-places", help="named places from a CSV; again is harmless")
    places.add_argument("file", help="UTF-8; see docs/operations.md for its columns")
    places.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    _add_exchange(commands)
    check = commands.add_parser("check", help="prove that storage, photos, ledger and boards agree")
    check.add_argument(
        "--mend", action="store_true", help="make lost and damaged thumbs anew from the large size"
    )
    _add_photos(commands)
    commands.add_parser("rebuild", help="rebuild the map's and the boards' projections")
    commands.add_parser("compact", help="make what was erased leave the files")
    return parser


def with_whole_paths(words: list[str], arguments: argparse.Namespace) -> list[str]:
    """The arguments with FILE as an absolute path: the server runs in another folder."""
    typed = getattr(arguments, "file", None)
    return [str(Path(word).resolve()) if word == typed else word for word in words]


def _add_staff(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    staff = commands.add_parser("staff", help="accounts of the staff")
    actions = staff.add_subparsers(dest="action", required=True, metavar="add|list|passwd|disable")
    add = actions.add_parser("add", help="add an account; asks for the password")
    add.add_argument("username")
    add.add_argument("--role", choices=[str(role) for role in Role], default=str(Role.VERIFIER))
    actions.add_parser("list", help="list the accounts")
    passwd = actions.add_parser("passwd", help="set a new password; ends the account's sessions")
    passwd.add_argument("username")
    disable = actions.add_parser("disable", help="close an account and end its sessions")
    disable.add_argument("username")


def _add_photos(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    photos = commands.add_parser(
        "photos", help="photo files that no row knows, or of another store"
    )
    actions = photos.add_subparsers(dest="action", required=True, metavar="sweep|adopt")
    actions.add_parser("sweep", help="set aside all photos that no row has known for a day")
    actions.add_parser("adopt", help="the photos belong to this database from now on")


def _add_exchange(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    survey = commands.add_parser(
        "import-survey", help="import a survey dataset: a Darwin Core Archive or a CSV"
    )
    survey.add_argument("file", metavar="FILE")
    survey.add_argument("--dry-run", action="store_true", help="look, and change nothing")
    survey.add_argument(
        "--dataset", default="", metavar="CODE", help="its code for re-imports; the file's name"
    )
    survey.add_argument("--title", default="", help="its title; else the file's own")
    survey.add_argument("--licence", default="", help="a Creative Commons licence of all of it")
    survey.add_argument(
        "--skip-problems", action="store_true", help="leave out the rows that cannot be taken"
    )
    survey.add_argument(
        "--replace", action="store_true", help="remove rows that the file no longer has"
    )
    survey.add_argument(
        "--no-other-sensitive",
        action="store_true",
        help="vouch that no name outside the checklist needs a rough place",
    )
    dwca = commands.add_parser("export-dwca", help="write everything public as a DwC Archive")
    dwca.add_argument("file", metavar="FILE")
    backup = commands.add_parser("backup", help="write rows, photos and secret into one file")
    backup.add_argument("file", metavar="FILE")
    restore = commands.add_parser("restore", help="read a backup into an empty place")
    restore.add_argument("file", metavar="FILE")
    withdraw = commands.add_parser("withdraw-survey", help="remove a survey dataset whole")
    withdraw.add_argument("dataset", metavar="CODE")
