"""The parts of the page of survey datasets: the file, the dry run, the list."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from observations.base.clock import HANGZHOU
from observations.base.errors import Refused, StorageError
from observations.base.roles import Person
from observations.base.wording import N_
from observations.exchange.survey_file.problems import WORDS, Problem
from observations.exchange.survey_import import (
    Findings,
    ImportOptions,
    Store,
    dry_run,
    import_survey,
)
from observations.places.districts import DISTRICTS
from observations.surveys.datasets import CODE_LENGTH, TITLE_LENGTH, Dataset
from observations.surveys.withdrawal import withdraw
from pages.parts import cards, last_tap
from pages.parts.desk_files import LARGEST_MB
from pages.parts.file_field import file_field
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, sentence

SHOWN_PROBLEMS = 100
SHOWN_NAMES = 300
UseCase = Callable[
    [Store, Path, ImportOptions, Person, datetime], Findings
]  # `dry_run`, `import_survey`
LICENCES = {
    "": N_("照文件里写的"),
    "CC0": N_("CC0，放弃权利"),
    "CC-BY": N_("CC BY 4.0，署名"),
    "CC-BY-NC": N_("CC BY-NC 4.0，署名、非商业"),
}
LOOKED = "dataset_looked"


def chosen_file() -> UploadedFile | None:
    """The uploaded file, or None."""
    return file_field(
        _("选一个文件"),
        types=["zip", "csv", "txt", "tsv", "xlsx"],
        key="dataset_file",
        megabytes=LARGEST_MB,
        about=_("超过 {size} MB 的文件，用命令 import-survey 导入。").format(size=LARGEST_MB),
    )


def how_to() -> None:
    """What a file must look like."""
    cards.show(
        cards.bullets(
            [
                ("knowledge", _("每行要有编号、学名（或名录里的中文名）、纬度、经度、日期。")),
                ("pin", _("坐标用 WGS84 或 CGCS2000；GCJ-02、BD-09 写明坐标系，我们来换算。")),
                ("shield", _("珍稀物种和名录外的名字只公开大致位置，最敏感的不公开。")),
            ]
        )
    )


def trial(file: UploadedFile, person: Person) -> None:
    """Ask for the options, run the dry run, and offer to import the valid rows."""
    options = _options(file)
    mark = (file.file_id, options)
    if st.button(_("试读"), key="dataset_look"):
        findings = _run(dry_run, file, options, person)
        st.session_state[LOOKED] = (mark, findings)
    looked, findings = st.session_state.get(LOOKED, (None, None))
    if looked != mark or findings is None:
        return
    report(findings)
    if not findings.good:
        return
    if len(findings.problems) and not options.skips_problems:
        st.write(_("改好文件，或勾上“跳过有问题的行”再试读。"))
        return
    if st.button(_("导入"), type="primary", key="dataset_import"):
        _import(file, options, person)


def _import(file: UploadedFile, options: ImportOptions, person: Person) -> None:
    result = _run(import_survey, file, options, person)
    if result is not None:
        words = _("数据集 {code} 已导入，共 {count} 行。")
        count = f"{result.dataset.record_count:,}"
        last_tap.keep(words.format(code=result.dataset.code, count=count))
        st.session_state.pop(LOOKED, None)
        st.rerun()


def _options(file: UploadedFile) -> ImportOptions:
    """The options that the staff chose in the form beside the file."""
    left, right = st.columns(2)
    with left:
        stem = Path(file.name).stem[:CODE_LENGTH]
        code = st.text_input(
            _("代号，再次导入时靠它认出"), value=stem, max_chars=CODE_LENGTH, key="dataset_code"
        )
        title = st.text_input(
            _("标题，空着就用文件里的"), max_chars=TITLE_LENGTH, key="dataset_title"
        )
    with right:
        licence = st.selectbox(
            _("授权"), list(LICENCES), format_func=lambda code: _(LICENCES[code]), key="dataset_cc"
        )
        skips = st.checkbox(_("跳过有问题的行"), key="dataset_skip")
        replaces = st.checkbox(_("文件里没有了的行，从库里删掉"), key="dataset_replace")
        vouches = st.checkbox(_("我担保：名录外的名字都不必隐藏位置"), key="dataset_vouch")
    return ImportOptions(code, title, licence, vouches, skips, replaces)


def _run(
    use_case: UseCase, file: UploadedFile, options: ImportOptions, person: Person
) -> Findings | None:
    """Call `dry_run` or `import_survey`; show a refusal as a sentence, with nothing changed."""
    language = visitor().language
    try:
        with st.spinner(_("正在读文件……")), _on_disk(file) as path:
            return use_case(store(), path, options, person, known_now())
    except Refused as refused:
        last_tap.say(sentence(refused, language), last_tap.REFUSED)
    except StorageError:
        last_tap.say(sentence(Refused("storage.unavailable"), language), last_tap.REFUSED)
    return None


@contextmanager
def _on_disk(file: UploadedFile) -> Iterator[Path]:
    """The upload as a file of its own name; its folder goes when the block ends."""
    with tempfile.TemporaryDirectory(prefix="luji-dataset-") as folder:
        path = Path(folder) / Path(file.name.replace("\\", "/")).name
        path.write_bytes(file.getbuffer())
        yield path


def report(findings: Findings) -> None:
    """Counts, what is in it, the problems by row, a sample."""
    figures = [(_("新"), findings.new), (_("有变"), findings.changed), (_("没变"), findings.same)]
    figures += [(_("收不了"), findings.refused)]
    if findings.absent:
        figures += [(_("记的是没见到，不收"), findings.absent)]
    if findings.gone:
        figures += [(_("库里有、文件里没有"), findings.gone)]
    cells = [(name, f"{count:,}", "") for name, count in figures]
    cards.show(cards.heading(_("试读的结果")), cards.stats(cells, _extent(findings)))
    if findings.unlisted_names:
        _unlisted(findings)
    if findings.problems.listed:
        _problems(findings)
    if findings.good:
        _sample(findings)


def _extent(findings: Findings) -> str:
    """The days and places that the valid rows cover, in one line."""
    if not findings.good:
        return _("没有一行能导入。")
    words = _("{first} 到 {last}；{rough} 行只公开大致位置，{unlisted} 行的名字不在名录里。")
    days = {"first": findings.first_day, "last": findings.last_day}
    parts = [words.format(rough=findings.rough, unlisted=findings.unlisted, **days)]
    if findings.withheld:
        parts.append(_("{count} 行完全不公开（最敏感的物种）。").format(count=findings.withheld))
    if findings.wide:
        parts.append(_("{count} 行的误差超过一公里，画成一片。").format(count=findings.wide))
    if findings.spread:
        words = _("{count} 行里有换行的格子，照样收了，请核对。")
        parts.append(words.format(count=findings.spread))
    return " ".join(parts)


def _unlisted(findings: Findings) -> None:
    """The names that are not on the checklist: what the vouch is about."""
    names = findings.unlisted_names.most_common(SHOWN_NAMES)
    note = _("共 {count} 个").format(count=f"{len(findings.unlisted_names):,}")
    if findings.dataset.rules_out_sensitive:
        head = _("你担保准确公开的名字")
    else:
        head = _("名录外的名字，只公开大致位置")
    rows = [(name, f"{count:,}") for name, count in names]
    cards.show(cards.heading(head, note), cards.table((_("名字"), _("多少行")), rows))


def _sample(findings: Findings) -> None:
    heads = (_("编号"), _("物种"), _("日期"), _("位置"), _("区县"))
    rows = [
        (
            row.occurrence_id,
            " ".join(name for name in (row.vernacular_name, row.scientific_name) if name),
            str(row.first_day),
            f"{row.decimal_latitude:.5f}, {row.decimal_longitude:.5f}",
            _district(row.district),
        )
        for row in findings.sample
    ]
    cards.show(cards.heading(_("能导入的头几行")), cards.table(heads, rows))


def _district(code: str | None) -> str:
    district = DISTRICTS.get(code or "")
    return district.name(visitor().language) if district else "–"


def _problems(findings: Findings) -> None:
    problems = findings.problems
    once = problems.told_once(visitor().language)
    listed = problems.once()
    rows = [("", line) for line in once]
    rows += [(str(one.line), _problem(one)) for one in listed[:SHOWN_PROBLEMS]]
    note = _("共 {count} 处").format(count=f"{len(problems):,}")
    if len(listed) > SHOWN_PROBLEMS:
        note += " · " + _("先列 {count} 处").format(count=len(rows))
    heads = (_("第几行"), _("问题"))
    cards.show(cards.heading(_("有问题的行"), note), cards.table(heads, rows))


def _problem(problem: Problem) -> str:
    return _(WORDS[problem.code]).format(**problem.values)


def datasets(person: Person) -> None:
    """Every dataset, with a button to withdraw it."""
    imported = store().datasets.datasets()
    cards.show(cards.heading(_("已导入的数据集")))
    if not imported:
        words = _("导入第一个，它会出现在地图的调查图层上。")
        cards.show(cards.empty("knowledge", _("还没有数据集"), words))
        return
    for dataset in imported:
        _one(dataset, person)


def _one(dataset: Dataset, person: Person) -> None:
    day = f"{dataset.imported_at.astimezone(HANGZHOU):%Y-%m-%d %H:%M}"
    with st.container(border=True, key=f"dataset_{dataset.dataset_id.hex}"):
        cards.show(cards.heading(dataset.title))
        words = _("{count} 行 · 代号 {code} · {day} 导入 · {file} · {licence}")
        st.caption(
            words.format(
                count=f"{dataset.record_count:,}",
                code=dataset.code,
                day=day,
                file=dataset.source_file,
                licence=dataset.licence or _("没有写明授权"),
            )
        )
        with st.expander(_("整个撤下")):
            st.write(_("它的每一行都会从库里和地图上消失，需要时可以重新导入。"))
            if st.button(_("撤下这个数据集"), key=f"withdraw_{dataset.dataset_id.hex}"):
                _withdraw(dataset, person)


def _withdraw(dataset: Dataset, person: Person) -> None:
    try:
        withdraw(store(), dataset.code, person, known_now())
    except Refused as refused:
        last_tap.say(sentence(refused, visitor().language), last_tap.REFUSED)
        return
    words = _("数据集 {code} 已整个撤下，共 {count} 行。")
    count = f"{dataset.record_count:,}"
    last_tap.keep(words.format(code=dataset.code, count=count))
    st.rerun()
