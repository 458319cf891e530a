"""The outline of one district: which points lie inside it, and how far off others are."""

from collections import defaultdict
from math import floor, inf

from observations.places.distance import metres_between, metres_to_segment

Corner = tuple[float, float]
Edge = tuple[Corner, Corner]

# Edges are sorted into bands of latitude this high, so that a lookup reads a few edges instead of
# more than a hundred.
BAND_DEGREES = 0.02
# Degrees of longitude that are more than 2 km at this latitude (and up to 43 degrees north).
NEAR_DEGREES = 0.025


class Outline:
    """A closed ring of (longitude, latitude) corners in WGS-84 decimal degrees, without holes."""

    def __init__(self, corners: list[Corner]) -> None:
        self.corners = corners
        self.edges: list[Edge] = list(zip(corners, corners[1:] + corners[:1], strict=True))
        self.west = min(longitude for longitude, _ in corners)
        self.east = max(longitude for longitude, _ in corners)
        self.south = min(latitude for _, latitude in corners)
        self.north = max(latitude for _, latitude in corners)
        self._bands = _by_band(self.edges)

    def contains(self, latitude: float, longitude: float) -> bool:
        """Whether a WGS-84 point lies inside: edges to the east of it are counted.

        An edge includes its lower end and not its upper one. Where two districts share a border,
        corner by corner, every point therefore belongs to exactly one of them.
        """
        if not (self.south <= latitude <= self.north and self.west <= longitude <= self.east):
            return False
        inside = False
        for (ax, ay), (bx, by) in self._bands.get(_band(latitude), ()):
            if (ay > latitude) != (by > latitude):
                crossing = ax + (latitude - ay) / (by - ay) * (bx - ax)
                inside ^= longitude < crossing
        return inside

    def metres_to(self, latitude: float, longitude: float) -> float:
        """Metres from a WGS-84 point to the nearest part of the border."""
        return min(metres_to_segment(latitude, longitude, *edge) for edge in self.edges)

    def metres_to_near(self, latitude: float, longitude: float) -> float:
        """Metres to the border where it is within 2 km, else any greater number.

        Only edges that may be that near are read: two kilometres are less than one band.
        """
        here = _band(latitude)
        west, east = longitude - NEAR_DEGREES, longitude + NEAR_DEGREES
        near = (
            metres_to_segment(latitude, longitude, start, end)
            for band in (here - 1, here, here + 1)
            for start, end in self._bands.get(band, ())
            if max(start[0], end[0]) >= west and min(start[0], end[0]) <= east
        )
        return min(near, default=inf)

    def radius_from(self, latitude: float, longitude: float) -> float:
        """Metres from a WGS-84 point to the farthest corner; that circle covers the district."""
        return max(metres_between(latitude, longitude, lat, lon) for lon, lat in self.corners)


def _band(latitude: float) -> int:
    return floor(latitude / BAND_DEGREES)


def _by_band(edges: list[Edge]) -> dict[int, list[Edge]]:
    bands: dict[int, list[Edge]] = defaultdict(list)
    for (ax, ay), (bx, by) in edges:
        for band in range(_band(min(ay, by)), _band(max(ay, by)) + 1):
            bands[band].append(((ax, ay), (bx, by)))
    return dict(bands)
