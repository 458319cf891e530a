"""Tiles of the public map by place."""

from observations.map.tiling import Tile


def tile_of(latitude: float, longitude: float, zoom: int) -> Tile:
    """The tile of a zoom that contains a WGS-84 point of Hangzhou."""
    side = 2**zoom
    x = int((longitude + 180) / 360 * side)
    rows = range(side * 40 // 100, side * 43 // 100 + 1)  # the latitudes of the city
    return next(t for y in rows if (t := Tile(zoom, x, y)).box.contains(latitude, longitude))
