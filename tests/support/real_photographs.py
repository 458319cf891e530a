"""The real photographs of the shared folder, and the content of their tags."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Real:
    """The upright size in pixels, and the place (WGS-84) and time of the tags.

    None where there is none. Where a camera wrote no offset, the time is in Asia/Shanghai.
    """

    size: tuple[int, int]
    place: tuple[float, float] | None = None
    taken: str | None = None


REAL = {
    "Canon_40D.jpg": Real((100, 68), None, "2008-05-30T15:56:01+08:00"),
    "DSCN0010.jpg": Real((640, 480), (43.467448, 11.885127), "2008-10-22T16:28:39+08:00"),
    "DSCN0012.jpg": Real((640, 480), (43.467157, 11.885395), "2008-10-22T16:29:49+08:00"),
    "Nikon_D70.jpg": Real((100, 66), None, "2008-03-15T09:52:01+08:00"),
    "image00971.jpg": Real((636, 227)),
    "iphone_13_pro_max.HEIC": Real((3024, 4032), None, "2022-02-16T12:55:41+01:00"),
    "iphone_hdr_YES.jpg": Real((3264, 2448), (40.446972, -3.724753), "2015-04-10T20:12:23+08:00"),
    "jolla.jpg": Real((3264, 2448), None, "2014-09-21T16:00:56+08:00"),
    **{f"landscape_{number}.jpg": Real((600, 450)) for number in range(1, 9)},
}
"""By file name."""
