"""`import-taxa`: import a list of taxa into the checklist, by the server's operator."""

from pathlib import Path
from typing import Protocol

from observations.base.clock import now_utc
from observations.base.wording import N_, translate
from observations.commands.context import CommandContext
from observations.commands.exits import DONE, PROBLEMS, USAGE
from observations.exchange.taxon_list import import_list, try_list
from observations.taxa.importing import PROBLEM_WORDS, Plan

MOST_SAID = 200


class Tell(Protocol):
    """Reports one sentence in the caller's language."""

    def __call__(self, words: str, /, **values: object) -> None: ...


def import_taxa(path: Path, is_dry_run: bool, context: CommandContext) -> int:
    """Import the file, or report what it would change; gives the exit code.

    It is 1 where rows had problems; the other rows are imported all the same. Raises `Refused` as
    `import_list` does.
    """
    store, person, tell = context.store, context.person, context.tell
    try:
        data = path.read_bytes()
    except OSError as error:
        context.tell_unread(path, error)
        return USAGE
    if is_dry_run:
        plan = try_list(store, person, path.name, data)
        tell(N_("试运行，什么都没有写。"))
    else:
        progress = _Progress(tell)
        plan = import_list(store, person, path.name, data, now_utc(), progress)
    _say(plan, tell, context.language)
    return PROBLEMS if plan.problems else DONE


class _Progress:
    """Reports each tenth of a long list."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._said = 0

    def __call__(self, done: int, total: int) -> None:
        tenths = done * 10 // total
        if tenths > self._said and done < total:
            self._said = tenths
            self._tell(N_("已写 {done} / {total}"), done=done, total=total)


def _say(plan: Plan, tell: Tell, language: str) -> None:
    for problem in plan.problems[:MOST_SAID]:
        reason = translate(PROBLEM_WORDS[problem.reason], language)
        words = N_("第 {line} 行 {name}：{reason}")
        tell(words, line=problem.line, name=problem.name, reason=reason)
    if len(plan.problems) > MOST_SAID:
        tell(N_("……还有 {count} 行有问题。"), count=len(plan.problems) - MOST_SAID)
    tell(
        N_("新物种 {new} 个，已有的 {known} 个，新的异名和别名 {names} 个，没有收的 {left} 行。"),
        new=plan.new_taxa,
        known=plan.known_taxa,
        names=plan.new_names,
        left=len(plan.problems),
    )
