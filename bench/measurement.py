"""One measured row: ours beside a floor that was measured alternately in the same run."""

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Measurement:
    """`ours` and `floor` in `unit`, and the goal.

    Where there is a goal, `at_most` or `at_least` limits their ratio (or, without a floor, ours).
    """

    name: str
    ours: float
    floor: float | None
    unit: str
    n: int
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def goal(self) -> str | None:
        """The goal as text, or None."""
        if self.at_most is not None and self.at_least is not None:
            return f"{self.at_least:g}–{self.at_most:g}"
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return f">= {self.at_least:g}" if self.at_least is not None else None

    @property
    def holds(self) -> bool:
        """Whether the goal is reached; True where there is none."""
        value = self.ours if self.ratio is None else self.ratio
        below = self.at_most is None or value <= self.at_most
        return below and (self.at_least is None or value >= self.at_least)

    def as_json(self) -> dict[str, Any]:
        """The row of `bench/results.json`."""
        row = asdict(self)
        del row["at_most"], row["at_least"]
        return {**row, "ratio": self.ratio, "goal": self.goal, "holds": self.holds}

    def as_line(self) -> str:
        """The row to print."""
        floor = "–" if self.floor is None else f"{self.floor:,.4g}"
        ratio = "–" if self.ratio is None else f"{self.ratio:.3f}"
        verdict = "" if self.goal is None else ("holds" if self.holds else "NOT HELD")
        return (
            f"{self.name:<54} {self.ours:>12,.5g} {floor:>12} {ratio:>8} "
            f"{self.unit:<10} {self.goal or '–':<8} {verdict:<8} n={self.n}"
        )


HEADER = f"{'name':<54} {'ours':>12} {'floor':>12} {'ratio':>8} {'unit':<10} {'goal':<8}"


def middle(values: list[float]) -> float:
    """The median."""
    return float(median(values))


def percentile(values: list[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered), round(len(ordered) * percent / 100)) - 1)]
