"""The problems of a file and of its rows, as codes; commands and pages have their sentences."""

from collections import Counter
from dataclasses import dataclass, field

from observations.base.wording import N_

MOST_LISTED = 10_000  # problems listed one by one; all are counted

WORDS = {
    "no_id": N_("没有编号（occurrenceID）。"),
    "id_twice": N_("编号 {value} 在文件里出现了两次。"),
    "id_elsewhere": N_("编号 {value} 已在数据集 {dataset} 里。"),
    "no_name": N_("没有学名，中文名 {value} 也不在名录里。"),
    "name_unreadable": N_("学名 {value} 没有读懂。"),
    "no_place": N_("没有坐标。"),
    "place_unreadable": N_("坐标 {value} 没有读懂，应是十进制度数。"),
    "place_outside": N_("坐标 {value} 不在杭州。"),
    "place_swapped": N_("坐标 {value} 像是经纬度写反了。"),
    "datum_unknown": N_("坐标系 {value} 不认识；可用 WGS84、CGCS2000、GCJ-02。"),
    "no_date": N_("没有日期。"),
    "date_unreadable": N_("日期 {value} 没有读懂，应写成 2026-05-09。"),
    "date_in_the_future": N_("日期 {value} 还没到。"),
    "count_unreadable": N_("数量 {value} 应是大于零的整数。"),
    "uncertainty_unreadable": N_("误差 {value} 应是大于零的米数。"),
    "absent": N_("这一行记的是“没有见到”，这里只收见到的。"),
    "basis_unknown": N_("记录类型 {value} 不在 GBIF 的词表里。"),
    "formula": N_("单元格 {value} 像是公式，不收。"),
    "unreadable_text": N_("文字里有读不出来的符号。"),
    "too_long": N_("单元格太长。"),
    "columns": N_("这一行有 {value} 格，表头有 {expected} 格。"),
    "orphan": N_("{value} 里的这一行指向一条不存在的记录。"),
}


FILE_WORDS = {
    "dataset.file_missing": N_("没有找到文件 {name}，或没有权限读它。"),
    "dataset.is_xml": N_("{name} 是 XML，这里不收。请导出为达尔文核心档案（zip）或 CSV。"),
    "dataset.is_excel": N_("这是 Excel 工作簿。请另存为“CSV UTF-8”再交。"),
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
    "dataset.changed_meanwhile": N_("刚才有人改动了这个数据集，什么都没有导入。再试一次。"),
}
"""Why a whole file is refused, or a dataset: the sentence of each code."""


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

    def add(self, line: int, code: str, **values: object) -> None:
        """Count a problem, and list it while there is room."""
        self.counts[code] += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(Problem(line, code, values))
