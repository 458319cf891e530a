"""The layers of the ground's tiles."""

from enum import StrEnum


class Layer(StrEnum):
    """The layers of a tile, the lowest first."""

    LAND = "land"
    GREEN = "green"
    WATER = "water"
    STREAM = "stream"
    BUILDING = "building"
    ROAD = "road"
    RAIL = "rail"
    BORDER = "border"
    NAME = "name"
