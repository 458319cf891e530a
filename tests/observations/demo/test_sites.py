"""Where the demo's observers walk."""

from observations.demo.dice import Dice
from observations.demo.sites import all_sites, point_in
from observations.places.distance import metres_between
from observations.places.districts import DISTRICTS, district_of


def test_there_is_a_site_in_every_district() -> None:
    assert {site.district for site in all_sites()} == set(DISTRICTS)


def test_points_lie_within_their_site_and_the_city() -> None:
    dice = Dice(1)
    for site in all_sites():
        for _ in range(50):
            point = point_in(site, dice)
            assert metres_between(site.latitude, site.longitude, *point) <= site.radius_m + 1
            assert district_of(*point)
