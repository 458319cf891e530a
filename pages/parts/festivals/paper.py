"""Sheets of paper as PDF: a page with our colours, a Chinese font, QR codes, a curve and a map.

The font is Noto Sans CJK from its package; a PDF carries only the letters it uses, so that it
prints anywhere. Lengths are in millimetres, from the upper left corner.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import cos, radians, sin

import segno
from fpdf import FPDF
from fpdf.fonts import FontFace

from observations.festivals.richness import Richness
from observations.festivals.tent_wall import Spot
from observations.places.districts import CITY_BOX, DISTRICTS
from pages.parts.map.colours import colours_of

FONT_PACKAGE, FAMILY = "cvttf_NotoSansCJK_Medium", "noto"
WIDTH, HEIGHT, MARGIN, FRAME = 210.0, 297.0, 20.0, 12.0  # A4
DOT = 1.1
LINE = 1.5  # of the size of the letters
POINT_MM = 25.4 / 72


class Paper(FPDF):
    """An A4 document in upright pages."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.add_font(FAMILY, "", _font())
        self.set_font(FAMILY)
        self.set_text_shaping(True, features={"locl": True}, script="Hani", language="zh-Hans")
        self.set_title(title)
        self.set_lang("zh-CN")
        self.ink = colours_of("light").ink
        self.soft = colours_of("light").ink2
        self.lake = colours_of("light").lake

    def words(
        self, text: str, size: float, colour: Sequence[int] | None = None, align: str = "L"
    ) -> None:
        """A paragraph as wide as the page, `size` in points."""
        self.set_font(FAMILY, size=size)
        self.set_text_color(*(colour or self.ink)[:3])
        self.multi_cell(0, size * POINT_MM * LINE, text, align=align, new_x="LMARGIN", new_y="NEXT")

    def code(self, text: str, x: float, y: float, side: float) -> None:
        """`text` as a QR code whose quiet zone is the paper round it."""
        rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        module = side / len(rows)
        self.set_fill_color(0)
        for down, row in enumerate(rows):
            for across, is_dark in enumerate(row):
                if is_dark:  # a hair wider, so that no white line stands between two
                    at = x + across * module, y + down * module
                    self.rect(*at, module + 0.02, module + 0.02, style="F")

    def hills(self) -> None:
        """Hills over a lake at the foot of the page, as on the site's own pictures."""
        foot, light = HEIGHT - FRAME, colours_of("light")
        far, near = (light.building, 58, 1.1, 0.4), (light.water, 36, 1.7, 2.2)
        for colour, high, waves, shift in (far, near):
            self.set_fill_color(*colour[:3])
            crest = [
                (FRAME + x, foot - high * (0.62 + 0.38 * sin(shift + waves * x / 40)))
                for x in range(0, round(WIDTH - 2 * FRAME) + 1, 2)
            ]
            self.polygon([(FRAME, foot), *crest, (WIDTH - FRAME, foot)], style="F")

    def frame(self) -> None:
        """A line round the page."""
        self.set_draw_color(*self.lake[:3])
        self.set_line_width(0.6)
        self.rect(FRAME, FRAME, WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME)

    def rows(self, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        """A table: the first column takes what the others leave."""
        self.set_font(FAMILY, size=10)
        self.set_text_color(*self.ink[:3])
        self.set_draw_color(*colours_of("light").line[:3])
        self.set_fill_color(255)
        widths = (76, *(94 / (len(heads) - 1) for _ in heads[1:]))
        aligns = ("LEFT", *("RIGHT" for _ in heads[1:]))
        with self.table(
            col_widths=widths,
            text_align=aligns,
            borders_layout="HORIZONTAL_LINES",
            line_height=7,
            headings_style=FontFace(emphasis="", color=self.soft[:3]),
        ) as table:
            for line in (heads, *lines):
                table.row(list(line))

    def curve(self, rich: Richness, x: float, y: float, width: float, height: float) -> None:
        """The accumulation curve with its band; the axes say how many at their ends."""
        top = max(estimate.high for _size, estimate in rich.curve)

        def at(size: float, value: float) -> tuple[float, float]:
            return x + width * size / rich.encounters, y + height * (1 - value / top)

        high = [at(size, estimate.high) for size, estimate in rich.curve]
        low = [at(size, estimate.low) for size, estimate in reversed(rich.curve)]
        self.set_fill_color(*colours_of("light").building[:3])
        self.polygon([at(0, 0), *high, *low], style="F")
        self.set_draw_color(*self.lake[:3])
        self.set_line_width(0.7)
        self.polyline([at(0, 0), *(at(size, estimate.value) for size, estimate in rich.curve)])
        self.set_draw_color(*self.soft[:3])
        self.set_line_width(0.2)
        self.polyline([(x, y), (x, y + height), (x + width, y + height)])
        self.set_font(FAMILY, size=8)
        self.set_text_color(*self.soft[:3])
        self.text(x - 8, y + 3, f"{top:.0f}")
        self.text(x + width - 8, y + height + 5, f"{rich.encounters:,}")

    def city(self, spots: Sequence[Spot], x: float, y: float, width: float) -> float:
        """The districts with a dot for each square of finds; gives the height."""
        squeeze = cos(radians(CITY_BOX.south))
        scale = width / ((CITY_BOX.east - CITY_BOX.west) * squeeze)

        def at(longitude: float, latitude: float) -> tuple[float, float]:
            east = (longitude - CITY_BOX.west) * squeeze
            return x + east * scale, y + (CITY_BOX.north - latitude) * scale

        self.set_draw_color(*self.soft[:3])
        self.set_fill_color(*colours_of("light").building[:3])
        self.set_line_width(0.2)
        for district in DISTRICTS.values():
            self.polygon([at(*corner) for corner in district.outline.corners], style="DF")
        self.set_fill_color(*self.lake[:3])
        for spot in spots:
            east, south = at(spot.longitude, spot.latitude)
            self.circle(east, south, DOT, style="F")
        return (CITY_BOX.north - CITY_BOX.south) * scale


@cache
def _font() -> str:
    folder = files(FONT_PACKAGE)
    return str(next(file for file in folder.iterdir() if file.name.endswith(".otf")))
