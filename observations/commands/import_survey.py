"""`import-survey` and `withdraw-survey`, and their output."""

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from observations.base.clock import now_utc
from observations.base.wording import N_, translate
from observations.commands.context import CommandContext
from observations.exchange.survey_file.problems import WORDS, Problem
from observations.exchange.survey_import import (
    Findings,
    ImportOptions,
    dry_run,
    import_survey,
)
from observations.places.districts import DISTRICTS
from observations.surveys.datasets import SurveyOccurrence
from observations.surveys.withdrawal import withdraw
from observations.taxa.taxon import group_of

MOST_NAMES = 500
OTHER = N_("未分类")
OUTSIDE = N_("区县之外")


def import_file(arguments: argparse.Namespace, context: CommandContext) -> bool:
    """Run `import-survey`; gives whether every row of the file was good. Raises `Refused`."""
    options = ImportOptions(
        code=arguments.dataset,
        title=arguments.title,
        licence=arguments.licence,
        rules_out_sensitive=arguments.no_other_sensitive,
        skips_problems=arguments.skip_problems,
        replaces=arguments.replace,
    )
    path = Path(arguments.file)
    if arguments.dry_run:
        findings = dry_run(
            context.store, path, options, context.person, now_utc(), context.progress
        )
        _report(findings, context)
        context.tell(N_("这是试读，什么都没有改动。"))
        return not findings.problems
    findings = import_survey(
        context.store,
        path,
        options,
        context.person,
        now_utc(),
        context.progress,
        report=lambda findings: _report(findings, context),
    )
    context.tell(
        N_("数据集 {code} 已导入，共 {count} 行。"),
        code=findings.dataset.code,
        count=findings.dataset.record_count,
    )
    return True


def withdraw_dataset(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Run `withdraw-survey`. Raises `Refused`."""
    dataset = withdraw(context.store, arguments.dataset, context.person, now_utc())
    words = N_("数据集 {code} 已整个撤下，共 {count} 行。")
    context.tell(words, code=dataset.code, count=dataset.record_count)


def problem_line(problem: Problem, language: str) -> str:
    """A problem as a sentence, with its row."""
    words = translate(WORDS[problem.code], language).format(**problem.values)
    return translate(N_("第 {line} 行：{words}"), language).format(line=problem.line, words=words)


def _report(findings: Findings, context: CommandContext) -> None:
    context.tell(
        N_("{rows} 行：新 {new}，有变 {changed}，没变 {same}，收不了 {refused}。"),
        rows=findings.rows,
        new=findings.new,
        changed=findings.changed,
        same=findings.same,
        refused=findings.refused,
    )
    if findings.absent:
        context.tell(N_("{count} 行记的是没有见到，不收。"), count=findings.absent)
    if findings.gone:
        context.tell(N_("库里还有 {count} 行，文件里没有。"), count=findings.gone)
    if findings.good:
        _contents(findings, context)
    for line in findings.problems.told_once(context.language):
        context.say(line)
    for problem in findings.problems.once():
        context.say(problem_line(problem, context.language))
    if rest := len(findings.problems) - len(findings.problems.listed):
        context.tell(N_("还有 {count} 处问题没有列出。"), count=rest)


def _contents(findings: Findings, context: CommandContext) -> None:
    context.tell(N_("日期：{first} 到 {last}"), first=findings.first_day, last=findings.last_day)
    context.tell(
        N_("{rough} 行只公开大致位置；{unlisted} 行的名字不在名录里。"),
        rough=findings.rough,
        unlisted=findings.unlisted,
    )
    if findings.withheld:
        context.tell(N_("{count} 行完全不公开（最敏感的物种）。"), count=findings.withheld)
    if findings.wide:
        context.tell(N_("{count} 行的误差超过一公里，画成一片。"), count=findings.wide)
    if findings.spread:
        words = N_("{count} 行里有换行的格子，照样收了，请核对。")
        context.tell(words, count=findings.spread)
    _vouched(findings, context)
    groups = _counted(findings.by_group, lambda code: _group_name(code, context.language))
    context.tell(N_("类群：{counts}"), counts=groups)
    context.tell(
        N_("区县：{counts}"),
        counts=_counted(findings.by_district, lambda code: _district_name(code, context.language)),
    )
    context.tell(N_("头几行："))
    for row in findings.sample:
        context.say(sample_line(row))


def _vouched(findings: Findings, context: CommandContext) -> None:
    """The names that are not on the checklist, which is what --no-other-sensitive vouches for."""
    if not findings.unlisted_names:
        return
    is_vouched = findings.dataset.rules_out_sensitive
    context.tell(N_("担保准确公开的名字：") if is_vouched else N_("名录外的名字，只公开大致位置："))
    names = findings.unlisted_names.most_common(MOST_NAMES)
    for name, count in names:
        context.say(f"  {name} · {count}")
    if rest := len(findings.unlisted_names) - len(names):
        context.tell(N_("还有 {count} 个名字没有列出。"), count=rest)


def sample_line(row: SurveyOccurrence) -> str:
    """A row in one line, with its exact place: for staff."""
    days = str(row.first_day)
    if row.last_day != row.first_day:
        days += f"/{row.last_day}"
    names = " ".join(part for part in (row.scientific_name, row.vernacular_name) if part)
    place = f"{row.decimal_latitude:.5f}, {row.decimal_longitude:.5f}"
    return f"  {row.occurrence_id} · {names} · {days} · {place}"


def _counted(counts: "Counter[str]", name: Callable[[str], str]) -> str:
    return " · ".join(f"{name(code)} {count}" for code, count in counts.most_common())


def _group_name(code: str, language: str) -> str:
    group = group_of(code)
    return translate(group.word if group else OTHER, language)


def _district_name(code: str, language: str) -> str:
    district = DISTRICTS.get(code)
    return district.name(language) if district else translate(OUTSIDE, language)
