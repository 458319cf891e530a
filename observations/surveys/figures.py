"""The bureau's figures of the city, each with the exact phrase that it comes from."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from observations.base.wording import N_

SOURCE = N_("来源：杭州市生态环境局《2023年工作完成情况以及2024年重点工作思路》。水质为连续三年。")


@dataclass(frozen=True)
class Figure:
    """One figure: what it counts (`key`), the year it speaks of, its value, the bureau's phrase."""

    key: str
    year: int
    value: int
    phrase: str


@cache
def figures() -> dict[str, Figure]:
    """The figures by key, from figures.csv. They are cited as `SOURCE` says, never added up."""
    with Path(__file__).with_name("figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Figure(row["key"], int(row["year"]), int(row["value"]), row["phrase"])
            for row in csv.DictReader(file)
        ]
    return {figure.key: figure for figure in rows}
