"""Running a command on an open store: the server's, or one opened for the command."""

import argparse
import dataclasses
from datetime import timedelta
from pathlib import Path

from observations.base.clock import midnight, now_utc
from observations.base.errors import Refused, StorageError
from observations.base.roles import Person, Role
from observations.base.settings import load_settings
from observations.base.wording import N_, translate
from observations.commands.checking import check, photo_faults
from observations.commands.context import CommandContext
from observations.commands.demo import fill_with_demo
from observations.commands.exits import DONE, PROBLEMS, REFUSED, UNAVAILABLE, USAGE
from observations.commands.import_survey import import_file, withdraw_dataset
from observations.commands.import_taxa import import_taxa
from observations.commands.refusals import REFUSALS
from observations.commands.staff import keep_staff
from observations.exchange.archive.archive_file import export_archive, require_address
from observations.exchange.survey_matching import rebuild_surveys
from observations.log.entries import LogEntry, Question
from observations.log.reading import export_log
from observations.map.projection import rebuild
from observations.media.digests import Fault, mend
from observations.media.ownership import adopt
from observations.media.sweeping import KEPT_ASIDE, sweep_all, take_back
from observations.occurrences.unused_uploads import remove_all_unused
from observations.people.accounts import account_named
from observations.places.importing import import_places
from observations.points.projection import rebuild_boards
from observations.privacy.compacting import compact

NOT_MOVED = N_("没有搬：{error}")
ROWS_MOVED = N_("已搬好并逐表比对：{tables} 张表，{rows} 行。")
FILES_MOVED = N_("已搬好并逐个比对：{files} 个照片文件。")


def execute(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    """Run one command; gives its exit code. Refusals and storage errors become sentences."""
    try:
        by_whom = dataclasses.replace(context, person=_person(arguments, context))
        code = _COMMANDS[arguments.command](arguments, password, by_whom)
        if arguments.command in NOTED and code in (DONE, PROBLEMS):
            _note(arguments, by_whom)
        return code
    except Refused as refused:
        context.tell(REFUSALS[refused.code], **refused.values)
        return REFUSED
    except (StorageError, OSError) as error:
        context.tell(N_("存储没有应答：{error}"), error=error)
        return UNAVAILABLE


def _person(arguments: argparse.Namespace, context: CommandContext) -> Person:
    """Who runs the command. Raises `Refused("staff.unknown")` for `--as` nobody."""
    if not arguments.on_behalf:
        return Person(role=Role.ADMIN, system_user=context.system_user)
    staff = account_named(context.store, arguments.on_behalf)
    if staff.is_disabled:
        raise Refused("staff.unknown", "as", name=staff.username)
    return Person(staff_id=staff.staff_id, role=staff.role, system_user=context.system_user)


def _staff(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    keep_staff(arguments, password, context)
    return DONE


def _check(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    store, photos = context.store, context.photos
    if arguments.mend:
        take_back(store, photos)
    faults = photo_faults(store, photos, context.progress)
    if arguments.mend:
        faults = _mend(faults, context)
    problems = check(store, photos, faults, context.language)
    for problem in problems:
        context.say(problem)
    if problems:
        context.tell(N_("发现 {count} 处不一致。"), count=len(problems))
        return PROBLEMS
    context.tell(N_("存储、照片、绿点账本和榜单一致。"))
    return DONE


def _mend(faults: list[Fault], context: CommandContext) -> list[Fault]:
    """Make thumbs anew; what is beyond mending."""
    made, beyond = mend(context.store, context.photos, faults, now_utc())
    for fault in made:
        context.tell(N_("照片 {sha256} 的小图已由大图重做。"), sha256=fault.sha256)
    if beyond:
        context.tell(N_("{count} 个照片文件修不好，只能从备份里找回："), count=len(beyond))
    return beyond


def _photos(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    if arguments.action == "adopt":
        adopt(context.store, context.photos)
        context.tell(N_("{folder} 里的照片从现在起归这个库。"), folder=context.photos)
        return DONE
    swept = sweep_all(context.store, context.photos, now_utc())
    tidied = remove_all_unused(context.store, context.photos, now_utc())
    words = N_(
        "移开了 {aside} 张没有主或没用上的照片，{days} 天后删除；{back} 张又有了主，已放回原处。"
    )
    days, back = KEPT_ASIDE.days, swept.taken_back
    context.tell(words, aside=swept.set_aside + tidied.set_aside, days=days, back=back)
    return DONE


def _import_places(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    try:
        data = Path(arguments.file).read_bytes()
    except OSError as error:
        context.tell_unread(arguments.file, error)
        return USAGE
    outcome = import_places(context.store, context.person, data, now_utc(), arguments.dry_run)
    for problem in outcome.problems:
        where = {"line": problem.line, "column": problem.column or "-"}
        context.tell(
            N_("第 {line} 行 {column}：{what}"), **where, what=_problem_words(problem.code, context)
        )
    if outcome.problems:
        context.tell(N_("有 {count} 行不对，什么都没有写。"), count=len(outcome.problems))
        return PROBLEMS
    words = N_("新的 {new} 处，更新 {changed} 处，不变 {same} 处。")
    context.tell(words, new=outcome.new, changed=outcome.changed, same=outcome.unchanged)
    if arguments.dry_run:
        context.tell(N_("试运行，什么都没有写。"))
    return DONE


PLACE_PROBLEM_WORDS = {
    "columns": N_("列数不对"),
    "empty": N_("不能空着"),
    "text": N_("太长，或有读不出的符号"),
    "unknown": N_("没有这个"),
    "number": N_("不是合适的数"),
    "outside": N_("不在杭州"),
}


def _problem_words(code: str, context: CommandContext) -> str:
    return translate(PLACE_PROBLEM_WORDS[code], context.language)


def _rebuild(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    count = rebuild(context.store, context.progress)
    context.progress("surveys", 0, 1)
    rebuild_surveys(context.store, context.progress)
    context.progress("surveys", 1, 1)
    context.progress("boards", 0, 1)
    rebuild_boards(context.store, context.progress)
    context.progress("boards", 1, 1)
    context.tell(N_("地图数据已重建，共 {count} 条；绿点榜也已从账本重建。"), count=count)
    return DONE


def _compact(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    compact(context.store, now_utc())
    context.tell(N_("存储已整理，删除的内容已离开文件。"))
    return DONE


def _demo(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    written = fill_with_demo(arguments, context.store, context.photos)
    if written:
        counts = {"sightings": len(written.sightings), "actions": len(written.deeds)}
        context.tell(N_("演示数据已写好：{sightings} 次遇见，{actions} 次行动。"), **counts)
    return DONE


def _import_taxa(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    return import_taxa(Path(arguments.file), arguments.dry_run, context)


def _import_survey(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    return DONE if import_file(arguments, context) else PROBLEMS


def _export_dwca(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    settings = load_settings()
    site = settings.public_url
    require_address(site, settings.is_demo)
    try:
        path = Path(arguments.file)
        count = export_archive(context.store, path, site, now_utc(), context.progress)
    except OSError as error:
        context.tell_unwritten(arguments.file, error)
        return UNAVAILABLE
    context.tell(N_("达尔文核心档案已写好，共 {count} 条。"), count=count)
    return DONE


def _backup(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    secret = load_settings().secret
    path = _new_file(arguments.file)
    try:
        backup = context.store.back_up(context.photos, secret, path, now_utc(), context.progress)
    except OSError as error:
        context.tell_unwritten(arguments.file, error)
        return UNAVAILABLE
    words = N_("备份已写好：{rows} 行，{photos} 张照片，还有密钥。请像库一样保管。")
    context.tell(words, rows=sum(backup.rows.values()), photos=backup.photos)
    for sha256 in backup.lost:
        context.tell(N_("照片 {sha256} 的文件不全或坏了，备份里只有完好的部分。"), sha256=sha256)
    return PROBLEMS if backup.lost else DONE


def _log(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    since, until = arguments.since, arguments.until
    question = Question(
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
    )
    path = _new_file(arguments.file)
    try:
        count = export_log(context.store, context.person, question, path)
    except OSError as error:
        context.tell_unwritten(arguments.file, error)
        return UNAVAILABLE
    context.tell(N_("记录已写好，共 {count} 条。"), count=count)
    return DONE


def _new_file(name: str) -> Path:
    """The path of a file to write. Raises `Refused("file.exists")`: nothing is overwritten."""
    path = Path(name)
    if path.exists():
        raise Refused("file.exists", name=name)
    return path


def _move(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    """Move the rows of the open store; from a place that is not open `__main__` moves."""
    home = load_settings().home
    try:
        counts = context.store.move(arguments.source, arguments.target, home, context.progress)
    except StorageError as error:
        context.tell(NOT_MOVED, error=error)
        return REFUSED
    context.tell(ROWS_MOVED, rows=sum(counts.values()), tables=len(counts))
    return DONE


def _note(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Log a command that leaves no entry of its own. What was typed after it is not kept."""
    name = " ".join(filter(None, (arguments.command, getattr(arguments, "action", ""))))
    with context.store.transaction() as tx:
        tx.log.add(LogEntry("command.ran", None, context.person, now_utc(), {"command": name}))


def _withdraw_survey(arguments: argparse.Namespace, password: str, context: CommandContext) -> int:
    withdraw_dataset(arguments, context)
    return DONE


_COMMANDS = {
    "staff": _staff,
    "log": _log,
    "import-survey": _import_survey,
    "backup": _backup,
    "move": _move,
    "export-dwca": _export_dwca,
    "withdraw-survey": _withdraw_survey,
    "check": _check,
    "photos": _photos,
    "import-taxa": _import_taxa,
    "rebuild": _rebuild,
    "compact": _compact,
    "demo": _demo,
    "import-places": _import_places,
}
# These log nothing else.
NOTED = ("backup", "move", "export-dwca", "log", "photos", "rebuild", "demo")
# The demo cannot be made in a server that others are using.
BESIDE_SERVER = frozenset(_COMMANDS) - {"demo"}
