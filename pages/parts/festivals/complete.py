"""How complete a festival's list is, in words and as a curve."""

from base64 import b64encode
from collections.abc import Callable, Sequence

from markupsafe import Markup

from observations.festivals.result import Result
from observations.festivals.richness import Estimate, Richness, richness_of
from pages.parts import cards
from pages.parts.map.colours import colours_of
from pages.parts.wording import _

FEWEST = 20  # confirmed encounters; fewer say nothing of what is missing
WIDTH, HEIGHT, LEFT, BELOW = 640, 240, 44, 26
PICTURE = Markup('<img class="g-curve" src="data:image/svg+xml;base64,{}" alt="{}">')


def complete(whole: Result) -> Markup:
    """A card with estimates and their intervals; nothing where there is too little."""
    rich = richness_of(whole)
    if rich is None or rich.encounters < FEWEST:
        return cards.NOTHING
    figures = (
        (_("已确认的种"), f"{rich.met:,}", ""),
        (_("至少有多少种"), f"{rich.chao1.value:.0f}", _range(rich.chao1, "{:.0f}")),
        (_("样本覆盖度"), f"{rich.coverage.value:.0%}", _range(rich.coverage, "{:.0%}")),
    )
    source = _("Chao1 与覆盖度（Chao 与 Jost，2012），和 iNEXT 同一算法；小字是 95% 区间。")
    words = _("从 1 次遇见到 {encounters} 次，种数从 1 涨到 {species}。").format(
        encounters=rich.encounters, species=rich.met
    )
    picture = PICTURE.format(b64encode(curve(rich).encode()).decode(), words)
    return cards.card(
        cards.heading(_("还有多少没找到")), cards.stats(figures, source), picture, kind="g-after"
    )


def _range(estimate: Estimate, pattern: str) -> str:
    return f"{pattern.format(estimate.low)}–{pattern.format(estimate.high)}"


def curve(rich: Richness) -> str:
    """The accumulation curve with its band, as an SVG that follows the theme."""
    top = max(estimate.high for _size, estimate in rich.curve)
    points = [(1, Estimate(1, 1, 1)), *rich.curve]

    def path(value: Callable[[Estimate], float], back: bool = False) -> str:
        steps = (
            f"{LEFT + (WIDTH - LEFT - 8) * size / rich.encounters:.1f},"
            f"{8 + (HEIGHT - BELOW - 8) * (1 - value(estimate) / top):.1f}"
            for size, estimate in (reversed(points) if back else points)
        )
        return "L".join(steps)

    band = f"M{path(lambda e: e.high)}L{path(lambda e: e.low, back=True)}z"
    marks = "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>'
        for x, y, anchor, words in (
            (LEFT - 8, 20, "end", f"{top:.0f}"),
            (LEFT - 8, HEIGHT - BELOW, "end", "0"),
            (WIDTH - 8, HEIGHT - 4, "end", f"{rich.encounters:,}"),
        )
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><style>{_style()}'
        f'</style><path class="axis" d="M{LEFT},8V{HEIGHT - BELOW}H{WIDTH - 8}"/>'
        f'<path class="band" d="{band}"/><path class="line" d="M{path(lambda e: e.value)}"/>'
        f"{marks}</svg>"
    )


def _style() -> str:
    return f"{_theme('light')}@media(prefers-color-scheme:dark){{{_theme('dark')}}}"


def _theme(name: str) -> str:
    colours = colours_of(name)
    lake, edge, ink = map(_hex, (colours.lake, colours.edge, colours.ink2))
    return (
        f".axis{{fill:none;stroke:{edge}}}.band{{fill:{lake};fill-opacity:.18}}"
        f".line{{fill:none;stroke:{lake};stroke-width:3}}text{{fill:{ink};font:16px sans-serif}}"
    )


def _hex(colour: Sequence[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour[:3])
