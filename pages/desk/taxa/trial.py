"""The parts of the checklist's desk: the file, the dry run, the import, its result."""

import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

import streamlit as st
from markupsafe import Markup

from observations.base.errors import Refused, StorageError
from observations.base.roles import Person
from observations.exchange.taxon_list import import_list, try_list
from observations.taxa.importing import PROBLEM_WORDS, Plan, Problem
from observations.taxa.list_file import MOST_BYTES
from observations.taxa.taxon import Taxon
from pages.parts import cards, last_tap
from pages.parts.file_field import file_field
from pages.parts.runtime import known_now, store
from pages.parts.taxa.checklist import taxon_count
from pages.parts.wording import _, sentence

SHOWN_PROBLEMS = 100
SHOW_PROGRESS_AFTER_S, LOOK_EVERY_S = 1.0, 0.25
TURN, PLAN, DONE = "list_turn", "list_plan", "list_done"
COLUMNS = (
    "scientificName,scientificNameAuthorship,taxonID,acceptedNameUsageID,taxonomicStatus,"
    "taxonRank,kingdom,phylum,class,order,family,vernacularName,nationalProtection,"
    "sensitiveCategory,sensitiveReason,invasive\n"
)
# One list at a time a process: the transaction holds everyone else's writes up.
_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="taxon-list")


def size() -> None:
    """How many taxa the checklist holds."""
    words = _("名录里现在有 {count} 个物种。").format(count=f"{taxon_count():,}")
    cards.show(cards.sub(words))


def chosen_file() -> Any:
    """The uploaded file; None once it has been imported."""
    return file_field(
        _("选一份名单（CSV）"),
        types=["csv", "tsv", "txt", "xlsx"],
        key=f"list_file_{st.session_state.get(TURN, 0)}",
        megabytes=MOST_BYTES // 2**20,
    )


def how_to() -> None:
    """What a list has to look like, and an empty one to fill in."""
    lines = (
        ("plant", _("每行一个名字。必填：scientificName、中文的 vernacularName、kingdom、class。")),
        ("edit", _("一个物种的几个名字用“|”隔开：第一个中文名显示，其余的用来搜索。")),
        ("layers", _("异名写 taxonomicStatus = synonym，再用 acceptedNameUsage 指明接受名。")),
        ("shield", _("写了保护级别，位置自动模糊。名录里原有的物种不会改动，只会多出名字。")),
    )
    cards.show(cards.heading(_("名单怎么写")), cards.card(cards.bullets(lines)))
    st.download_button(_("下载空表"), "\ufeff" + COLUMNS, "taxa.csv", "text/csv")


def trial(person: Person, name: str, data: bytes) -> None:
    """The dry run of the file, and the button that imports it."""
    try:
        plan = _plan_of(person, name, data)
    except Refused as refused:
        last_tap.say(sentence(refused), last_tap.REFUSED, of=name)
        return
    except StorageError:
        last_tap.say(sentence(Refused("storage.unavailable")), last_tap.REFUSED, of=name)
        return
    cards.show(cards.heading(_("试运行"), _("什么都还没有写")), _counts(plan))
    if plan.taxa or plan.names:
        label = _("收进名录")
        if st.button(label, type="primary", width="stretch", key="list_take"):
            _take(person, name, data)
    else:
        last_tap.say(_("这份名单里没有新东西，不用收。"), of=name)
    _problems(plan.problems)
    _sample(plan.sample)


def outcome() -> None:
    """The result of the last import, shown once."""
    plan: Plan | None = st.session_state.pop(DONE, None)
    if plan:
        words = _("收好了：新物种 {new} 个，新的异名和别名 {names} 个。几秒后就能搜到。")
        last_tap.say(words.format(new=plan.new_taxa, names=plan.new_names))


def _plan_of(person: Person, name: str, data: bytes) -> Plan:
    """The dry run, made once a file."""
    key = hashlib.sha256(data).hexdigest()
    last = st.session_state.get(PLAN)
    if last is None or last[0] != key:
        with st.spinner(_("正在读名单")):
            last = (key, try_list(store(), person, name, data))
        st.session_state[PLAN] = last
    plan: Plan = last[1]
    return plan


def _take(person: Person, name: str, data: bytes) -> None:
    """Import the list in a separate thread: a tap meanwhile ends the script, not the import."""
    share = _Share()
    work = _worker.submit(import_list, store(), person, name, data, known_now(), share.set)
    try:
        st.session_state[DONE] = _watched(work, share.get)
    except Refused as refused:
        last_tap.say(sentence(refused), last_tap.REFUSED)
        return
    except StorageError:
        last_tap.say(_("没有存上，什么都没有改。过一会儿再收一次。"), last_tap.REFUSED)
        return
    st.session_state.pop(PLAN, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.rerun()


def _watched(work: Future[Plan], share: Callable[[], float]) -> Plan:
    """Wait for the import; show a bar once it takes longer than a second."""
    try:
        return work.result(SHOW_PROGRESS_AFTER_S)
    except NotYet:
        bar = st.progress(0.0, _("正在收进名录"))
    while True:
        try:
            return work.result(LOOK_EVERY_S)
        except NotYet:
            bar.progress(share(), _("正在收进名录 {share:.0%}").format(share=share()))


class _Share:
    """The share that is written, passed from one thread to another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._share = 0.0

    def set(self, done: int, total: int) -> None:
        with self._lock:
            self._share = done / max(total, 1)

    def get(self) -> float:
        with self._lock:
            return self._share


def _counts(plan: Plan) -> Markup:
    figures = (
        (_("新加的物种"), f"{plan.new_taxa:,}", ""),
        (_("名录里已有"), f"{plan.known_taxa:,}", ""),
        (_("新的异名和别名"), f"{plan.new_names:,}", ""),
        (_("不能收的行"), f"{len(plan.problems):,}", ""),
    )
    return cards.stats(figures, _("按名录现在的样子算出来的；收的时候会再算一遍。"))


def _sample(taxa: list[Taxon]) -> None:
    if not taxa:
        return
    rows = [(t.vernacular_name, t.scientific_name, _(t.group.word), t.family) for t in taxa]
    heads = (_("中文名"), _("学名"), _("类群"), _("科"))
    cards.show(cards.heading(_("头几个")), cards.table(heads, rows))


def _problems(problems: list[Problem]) -> None:
    if not problems:
        return
    rows = [
        (str(p.line), p.name or "–", _(PROBLEM_WORDS[p.reason])) for p in problems[:SHOWN_PROBLEMS]
    ]
    heads = (_("第几行"), _("学名"), _("为什么不能收"))
    note = _("改好再传一次；其余的行照收不误。")
    cards.show(cards.heading(_("有问题的行"), note), cards.table(heads, rows))
    left = len(problems) - SHOWN_PROBLEMS
    if left > 0:
        words = _("……还有 {count} 行有问题。").format(count=left)
        cards.show(cards.sub(words))
