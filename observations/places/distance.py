"""Distances over the ground."""

from math import asin, cos, hypot, radians, sin, sqrt

# Mean radius of the WGS-84 ellipsoid, (2a + b) / 3.
EARTH_RADIUS_M = 6_371_008.8
METRES_PER_DEGREE = EARTH_RADIUS_M * radians(1)


def metres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """The great-circle distance in metres between two WGS-84 points in decimal degrees.

    The haversine formula on a sphere: within 0.5 % of the ellipsoid's distance.
    """
    lat, other_lat = radians(latitude), radians(other_latitude)
    half_lat = sin((other_lat - lat) / 2)
    half_lon = sin(radians(other_longitude - longitude) / 2)
    chord = half_lat * half_lat + cos(lat) * cos(other_lat) * half_lon * half_lon
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def metres_to_segment(
    latitude: float,
    longitude: float,
    start: tuple[float, float],
    end: tuple[float, float],
) -> float:
    """Metres from a WGS-84 point to a straight boundary segment; ends are (longitude, latitude).

    On a plane that touches the point: within 0.1 % over a few kilometres.
    """
    east = METRES_PER_DEGREE * cos(radians(latitude))
    ax, ay = (start[0] - longitude) * east, (start[1] - latitude) * METRES_PER_DEGREE
    bx, by = (end[0] - longitude) * east, (end[1] - latitude) * METRES_PER_DEGREE
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
    return hypot(ax + along * dx, ay + along * dy)
