"""The problems of a file and of its rows, as codes; commands and pages have their sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from observations.base.wording import N_, translate

MOST_SPANS = 12
MOST_LISTED = 10_000  # problems listed one by one; all are counted

WORDS = {
    "no_id": N_("没有编号（occurrenceID）。"),
    "id_twice": N_("编号 {value} 在文件里出现了两次。"),
    "id_elsewhere": N_("编号 {value} 已在数据集 {dataset} 里。"),
    "no_name": N_("没有学名，中文名 {value} 也不在名录里。"),
    "name_unreadable": N_("学名 {value} 没有读懂。"),
    "name_in_doubt": N_("名字 {value} 里没有能确定的，连科也不知道。写上能确定的那一级。"),
    "names_differ": N_("学名 {value} 和中文名 {other} 不是同一种，留下对的那个。"),
    "no_place": N_("没有坐标。"),
    "place_unreadable": N_("坐标 {value} 没有读懂，写成 30.2694 或 30°16′10″。"),
    "place_outside": N_("坐标 {value} 连同误差都在杭州的边界之外。"),
    "place_swapped": N_("坐标 {value} 像是经纬度写反了。"),
    "datum_unknown": N_("坐标系 {value} 不认识；可用 WGS84、CGCS2000、GCJ-02、BD-09。"),
    "no_date": N_("没有日期。"),
    "date_unreadable": N_(
        "日期 {value} 没有读懂，写成 2026-05-09，一段日子写成 2026-05-01/2026-05-09。"
    ),
    "date_in_the_future": N_("日期 {value} 还没到。"),
    "count_unreadable": N_("数量 {value} 应是大于零的整数。"),
    "uncertainty_unreadable": N_("误差 {value} 应是大于零的米数。"),
    "presence_unknown": N_(
        "状态 {value} 不认识，不知道见到没有。写“有”或“无”（present、absent）。"
    ),
    "presence_contradicted": N_("状态和数量对不上：{value}。写的是见到还是没见到？"),
    "basis_unknown": N_("记录类型 {value} 不在 GBIF 的词表里。"),
    "formula": N_("单元格 {value} 像是公式，不收。"),
    "unreadable_text": N_("文字里有读不出来的符号。"),
    "too_long": N_("单元格太长。"),
    "quotes": N_("这一行的引号没有成对，或格子里的换行吞进了别的行。补上或删掉那个引号。"),
    "line_break": N_("名字、坐标这些格子里有换行。删掉换行。"),
    "columns": N_("这一行有 {value} 格，表头有 {expected} 格。"),
    "orphan": N_("{value} 里的这一行指向一条不存在的记录。"),
}


TOLD_ONCE = {
    "place_outside": N_("{count} 行的坐标连同误差都在杭州的边界之外：第 {lines} 行。"),
}
"""Problems that whole files have: one sentence with their number and their rows."""


FILE_WORDS = {
    "dataset.file_missing": N_("没有找到文件 {name}，或没有权限读它。"),
    "dataset.is_xml": N_("{name} 是 XML，这里不收。请导出为达尔文核心档案（zip）或 CSV。"),
    "dataset.is_excel": N_(
        "这个工作簿打不开：是旧格式、加了密码、太大或已损坏。请另存为 xlsx 或“CSV UTF-8”再交。"
    ),
    "dataset.licence_unknown": N_(
        "授权 {name} 不认识。写知识共享的名字，如 CC0、CC BY 4.0、CC BY-NC 4.0，或它的网址。"
    ),
    "dataset.encoding": N_("第 {line} 行的文字读不出来。请存成 UTF-8 或 GB18030。"),
    "dataset.encoding_unknown": N_("meta.xml 里的编码 {name} 不认识。请用 UTF-8。"),
    "dataset.csv_broken": N_("第 {line} 行的引号或长度不对，往下读不了。"),
    "dataset.columns_missing": N_("缺少这些列：{columns}。"),
    "dataset.zip_broken": N_("这个 zip 坏了，打不开。请重新下载或导出。"),
    "dataset.zip_locked": N_("zip 里的 {name} 加了密码。请去掉密码。"),
    "dataset.zip_path": N_("zip 里的路径 {name} 指到外面去了，不收。"),
    "dataset.zip_bomb": N_("zip 展开后太大（上限 {limit} GB，且不能压得过密），不收。"),
    "dataset.meta_missing": N_("zip 里没有 meta.xml，不是达尔文核心档案。"),
    "dataset.meta_unreadable": N_("{name} 没有读懂，不是达尔文核心档案的写法。"),
    "dataset.member_missing": N_("meta.xml 说有 {name}，zip 里没有。"),
    "dataset.xml_entities": N_("{name} 里有 DTD 或实体，不收。"),
    "dataset.core_type": N_("这个档案的核心是 {type}；这里只收核心是 Occurrence 的。"),
    "dataset.code_empty": N_("给数据集起个代号。"),
    "dataset.unknown": N_("没有代号为 {name} 的数据集。"),
    "dataset.problems": N_(
        "有 {count} 处问题，第一处在第 {line} 行，什么都没有导入。改好文件，或选择跳过有问题的行。"
    ),
    "dataset.nothing_good": N_("没有一行能导入（{count} 处问题，第一处在第 {line} 行）。"),
    "archive.no_address": N_(
        "正式站点还没有设对外的地址，档案里的链接会是断的。请管理员设好 LUJI_PUBLIC_URL。"
    ),
    "dataset.nothing_seen": N_("每一行记的都是没有见到，没有可以导入的。"),
    "dataset.changed_meanwhile": N_("刚才有人改动了这个数据集，什么都没有导入。再试一次。"),
}
"""Why a whole file is refused, or a dataset: the sentence of each code."""


def spans_of(lines: Sequence[int]) -> str:
    """Rows in few words: `2–1535, 1540`; an ellipsis where the spans are many."""
    spans: list[list[int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    named = [str(a) if a == b else f"{a}\u2013{b}" for a, b in spans[:MOST_SPANS]]
    return ", ".join(named) + (" \u2026" if len(spans) > MOST_SPANS else "")


@dataclass(frozen=True)
class Problem:
    """One problem of one row. `line` counts rows of the file from 1, the header included."""

    line: int
    code: str
    values: dict[str, object] = field(default_factory=dict)


class RowProblem(Exception):
    """One problem for which a row cannot be imported."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class RowProblems(Exception):
    """All problems for which a row cannot be imported."""

    def __init__(self, reasons: list[RowProblem]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class Problems:
    """All problems of a file: every one is counted, the first ones are listed."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.listed: list[Problem] = []

    def __len__(self) -> int:
        return self.counts.total()

    def once(self) -> list[Problem]:
        """The listed ones, without those that are told once with their count."""
        return [one for one in self.listed if one.code not in TOLD_ONCE]

    def told_once(self, language: str) -> list[str]:
        """One sentence a kind of problem that whole files have, with its number and its rows."""
        sentences = []
        for code, words in TOLD_ONCE.items():
            if self.counts[code]:
                lines = sorted({one.line for one in self.listed if one.code == code})
                values = {"count": self.counts[code], "lines": spans_of(lines)}
                sentences.append(translate(words, language).format(**values))
        return sentences

    def add(self, line: int, code: str, **values: object) -> None:
        """Count a problem, and list it while there is room."""
        self.counts[code] += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(Problem(line, code, values))
