"""The progress of a command, shown on a terminal only."""

from typing import TextIO

from observations.base.wording import N_, translate
from observations.exchange.survey_import import Progress, no_progress

WIDTH = 30
LINES = 10
STEPS = {
    "read": N_("读文件"),
    "write": N_("写入"),
    "publish": N_("更新地图"),
    "surveys": N_("更新调查"),
    "boards": N_("算绿点榜"),
    "rows": N_("写行"),
    "photos": N_("抄照片"),
    "compare": N_("比对照片"),
    "objects": N_("读 OSM"),
    "tiles": N_("切瓦片"),
}


def progress_bar(stream: TextIO, language: str, has_lines: bool = False) -> Progress:
    """A function that draws the progress on `stream` where that is a terminal.

    Elsewhere it writes nothing, or with `has_lines` a line at each tenth. Its `total` is 0 while
    the amount is not known yet.
    """

    def line(what: str, done: int, total: int) -> None:
        if done * LINES // total > (done - 1) * LINES // total:
            stream.write(f"{translate(STEPS[what], language)} {done:,} / {total:,}\n")
            stream.flush()

    if not stream.isatty():
        return line if has_lines else no_progress

    def draw(what: str, done: int, total: int) -> None:
        words = translate(STEPS[what], language)
        if not total:
            stream.write(f"\r\033[K{words} {done:,}")
        else:
            full = round(done / total * WIDTH)
            bar = "#" * full + "." * (WIDTH - full)
            end = "\n" if done >= total else ""
            stream.write(f"\r\033[K{words} [{bar}] {done:,} / {total:,}{end}")
        stream.flush()

    return draw
