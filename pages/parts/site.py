"""The pages of the site: one line each. To add a page, write its script and add its line here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from observations.base.roles import VISIT, Person, may
from observations.base.wording import N_

PAGES = Path(__file__).resolve().parents[1]
NAME = N_("绿迹杭州")
MOTTO = N_("每一次看见，都留下一道绿迹。")
QUESTION = (N_("今天，"), N_("你在杭州遇见了谁？"))


@dataclass(frozen=True)
class Entry:
    """A page: its path (`""` is home), its script under `pages/`, its title, who may open it.

    `tab` and `nav` say whether it stands in the phone's tabs and in the desktop's bar; a task has
    its own bottom bar (a button that sends) in the place of the tabs; a full page fills the
    window and has no footer; `mode` is its word in the
    switch that the three tasks of the record tab share; `foot` has its links in the footer, each an
    anchor on the page (`""` is the page itself) and a word.
    """

    path: str
    script: str
    title: str
    action: str = VISIT
    tab: bool = False
    nav: bool = False
    is_task: bool = False
    is_full: bool = False
    mode: str = ""
    foot: tuple[tuple[str, str], ...] = ()


ENTRIES = (
    Entry("", "visit/home/page.py", N_("首页"), tab=True, nav=True),
    Entry("map", "visit/map/page.py", N_("地图"), tab=True, nav=True, is_full=True),
    Entry(
        "record",
        "visit/record/page.py",
        N_("记录"),
        tab=True,
        nav=True,
        is_task=True,
        mode=N_("自然"),
    ),
    Entry("action", "visit/action/page.py", N_("低碳行动"), is_task=True, mode=N_("行动")),
    Entry(
        "satisfaction", "visit/satisfaction/page.py", N_("环境评分"), is_task=True, mode=N_("评分")
    ),
    Entry("species", "visit/species/page.py", N_("物种"), nav=True, foot=(("", N_("物种")),)),
    Entry(
        "discoveries",
        "visit/discoveries/page.py",
        N_("新物种和新记录"),
        foot=(("", N_("新物种和新记录")),),
    ),
    Entry("places", "visit/places/page.py", N_("去哪里看"), foot=(("", N_("去哪里看")),)),
    Entry("sighting", "visit/sighting/page.py", N_("一次遇见")),
    Entry("boards", "visit/boards/page.py", N_("榜单"), tab=True, nav=True),
    Entry("festival", "visit/festival/page.py", N_("观察节")),
    Entry("me", "visit/me/page.py", N_("我的"), tab=True, nav=True),
    Entry(
        "about",
        "visit/about/page.py",
        N_("关于"),
        foot=(
            ("", N_("关于")),
            ("#privacy", N_("隐私")),
            ("#access", N_("无障碍")),
            ("#sources", N_("数据与来源")),
            ("#contact", N_("意见")),
        ),
    ),
    Entry("verify", "desk/verify/page.py", N_("核实"), action="verify", is_task=True),
    Entry("admin-wall", "desk/wall/page.py", N_("照片墙"), action="verify", is_task=True),
    Entry("admin-progress", "desk/progress/page.py", N_("核实进展"), action="verify"),
    Entry("admin-rules", "desk/rules/page.py", N_("回复与自动核实"), action="keep_replies"),
    Entry("admin-taxa", "desk/taxa/page.py", N_("物种名录"), action="manage_taxa"),
    Entry("admin-datasets", "desk/datasets/page.py", N_("调查数据集"), action="manage_datasets"),
    Entry("admin-actions", "desk/actions/page.py", N_("行动目录与现场码"), action="make_codes"),
    Entry("admin-festivals", "desk/festivals/page.py", N_("办观察节"), action="run_festival"),
    Entry("admin-waves", "desk/waves/page.py", N_("评分季"), action="run_waves"),
    Entry("admin-themes", "desk/themes/page.py", N_("不满意的"), action="answer_concerns"),
    Entry("admin-discoveries", "desk/discoveries/page.py", N_("新发现"), action="judge_case"),
    Entry("admin-names", "desk/names/page.py", N_("大家看到的名字"), action="keep_names"),
    Entry("admin", "desk/overview/page.py", N_("一览"), action="manage_staff"),
    Entry("admin-people", "desk/people/page.py", N_("同事的账号"), action="manage_staff"),
    Entry("admin-log", "desk/log/page.py", N_("谁做了什么"), action="read_log"),
    Entry("admin-moderation", "desk/moderation/page.py", N_("秩序"), action="keep_order"),
    Entry("admin-places", "desk/places/page.py", N_("地点清单"), action="keep_sites"),
    Entry("account", "desk/account/page.py", N_("我的账号"), action="own_account"),
)


def written() -> tuple[Entry, ...]:
    """The pages whose script is there."""
    return _written(ENTRIES)


@cache
def _written(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if (PAGES / entry.script).is_file())


def open_to(person: Person) -> tuple[Entry, ...]:
    """The pages that `person` may open. This hides; the domain refuses."""
    return tuple(entry for entry in written() if may(person, entry.action))


def desks(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those of `entries` where staff work."""
    return tuple(entry for entry in entries if entry.action != VISIT)


def find(path: str) -> Entry | None:
    """The page at `path` (with or without its slash), or None."""
    return next((entry for entry in written() if entry.path == path.strip("/")), None)


def address(entry: Entry, query: Mapping[str, str]) -> str:
    """The path and query of a page."""
    words = urlencode(dict(query))
    return f"/{entry.path}" + (f"?{words}" if words else "")
