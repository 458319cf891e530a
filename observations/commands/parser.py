"""The command line: `python -m observations COMMAND --help`."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import NoReturn

from observations.base.roles import Role
from observations.base.wording import N_, translate

MISTAKES = (
    (r"arguments are required: (.+)", N_("还缺：{}。")),
    (r"invalid choice: '?(.*?)'? \(choose from (.+)\)", N_("没有“{}”。可以是：{}。")),
    (r"unrecognized arguments: (.+)", N_("不认识“{}”，什么都没有做。")),
    (r"argument (.+?): expected .*", N_("{} 后面还缺一个值。")),
    (r"argument (.+?): invalid .*value: '?(.*?)'?$", N_("{} 后面的“{}”读不懂。")),
    (r"ambiguous option: (.+?) could match (.+)", N_("“{}”不够清楚，是 {} 中的哪一个？")),
)
ROLES = [str(role) for role in Role]
EXIT_CODES = "exit codes: 0 done, 1 problems found, 2 wrong usage, 3 refused, 4 storage unavailable"


class Parser(argparse.ArgumentParser):
    """A parser that says in the operator's language what it did not understand."""

    language = "en"

    def error(self, message: str) -> NoReturn:
        """Say it, with the usage, and end with 2."""
        for pattern, words in MISTAKES:
            if match := re.search(pattern, message):
                sentence = translate(words, self.language).format(*match.groups())
                break
        else:
            sentence = message
        hint = translate(N_("用法见 {command} --help。"), self.language).format(command=self.prog)
        self.exit(2, f"{sentence}\n{hint}\n")


def build_parser(language: str = "en") -> argparse.ArgumentParser:
    """Every command with its help; mistakes are told in `language`."""
    Parser.language = language
    parser = Parser(
        prog="python -m observations",
        description="Commands of Green Traces Hangzhou. They work beside a running server.",
        epilog=EXIT_CODES,
    )
    parser.add_argument(
        "--as", dest="on_behalf", default="", metavar="NAME", help="the account that does it"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="fill an empty store with a marked demo half-year")
    demo.add_argument("--seed", type=int, default=None, help="the same seed, the same demo")
    demo.add_argument("--if-empty", action="store_true", help="do nothing where records are")
    _add_staff(commands)
    _add_log(commands)
    taxa = commands.add_parser("import-taxa", help="take a list of taxa (Darwin Core Taxon, CSV)")
    taxa.add_argument("file", help="UTF-8, UTF-16 or GB18030; docs/operations.md has the columns")
    taxa.add_argument("--dry-run", action="store_true", help="only say what it would change")
    places = commands.add_parser("import-places", help="named places from a CSV; again is harmless")
    places.add_argument("file", help="UTF-8; see docs/operations.md for its columns")
    places.add_argument(
        "--dry-run", action="store_true", help="say what would happen, write nothing"
    )
    ground = commands.add_parser("import-ground", help="maps' ground from an OpenStreetMap extract")
    ground.add_argument("file", help=".osm.pbf; it is cut to the city; again is harmless")
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


def _add_staff(commands: "argparse._SubParsersAction[Parser]") -> None:
    staff = commands.add_parser("staff", help="accounts of the staff")
    actions = staff.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add an account; asks for the password")
    add.add_argument("username")
    add.add_argument("--role", choices=ROLES, default=str(Role.VERIFIER))
    actions.add_parser("list", help="list the accounts")
    role = actions.add_parser("role", help="give an account another role")
    role.add_argument("username")
    role.add_argument("role", choices=ROLES)
    rename = actions.add_parser("rename", help="give an account another name")
    rename.add_argument("username")
    rename.add_argument("new_name")
    for name, words in (
        ("passwd", "set a new password; ends the account's sessions"),
        ("disable", "close an account and end its sessions"),
        ("enable", "open a closed account again"),
        ("drop-second-step", "for a lost phone: sign in by password alone again"),
        ("sign-out", "end an account's sessions"),
    ):
        actions.add_parser(name, help=words).add_argument("username")


def _add_log(commands: "argparse._SubParsersAction[Parser]") -> None:
    log = commands.add_parser("log", help="who did what")
    actions = log.add_subparsers(dest="action", required=True, metavar="export")
    export = actions.add_parser("export", help="write the log into a new CSV file")
    export.add_argument("file", metavar="FILE")
    export.add_argument("--since", type=_day, metavar="DAY", help="from this day on, 2026-05-01")
    export.add_argument("--until", type=_day, metavar="DAY", help="to this day, itself included")


def _day(text: str) -> date:
    """A day as one writes it. Raises `ValueError`, which the parser turns into a sentence."""
    return date.fromisoformat(text)


def _add_photos(commands: "argparse._SubParsersAction[Parser]") -> None:
    photos = commands.add_parser(
        "photos", help="photo files that no row knows, or of another store"
    )
    actions = photos.add_subparsers(dest="action", required=True, metavar="sweep|adopt")
    actions.add_parser("sweep", help="set aside all photos that no row has known for a day")
    actions.add_parser("adopt", help="the photos belong to this database from now on")


def _add_exchange(commands: "argparse._SubParsersAction[Parser]") -> None:
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
    move = commands.add_parser("move", help="copy all rows, or all photos, into an empty place")
    for name, dest, words in (("--from", "source", "of these"), ("--to", "target", "into these")):
        move.add_argument(
            name,
            dest=dest,
            required=True,
            metavar="URL",
            help=f"{words}: duckdb:///PATH, postgresql://…, file:///FOLDER or s3://BUCKET/PREFIX",
        )
    withdraw = commands.add_parser("withdraw-survey", help="remove a survey dataset whole")
    withdraw.add_argument("dataset", metavar="CODE")
