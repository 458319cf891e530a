"""A team's missions are gaps: unseen here, expected here, reachable."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID

from observations.festivals.festival import Team
from observations.festivals.missions import LONG_DAYS, OF_A_GROUP, TARGETS, Gap, targets

TODAY = date(2026, 5, 16)
TEAM = Team(UUID(int=0), UUID(int=1), "白鹭")
GROUPS = ("bird", "insect", "plant", "fungus")


def taxon(number: int, tier: int = 1):
    return SimpleNamespace(scientific_name=f"A {number:03}", group=GROUPS[number % 4], tier=tier)


def gap(number: int, in_season: int = 10, here: int = 0, ago: int | None = None) -> Gap:
    last = TODAY - timedelta(days=ago) if ago is not None else None
    return Gap(UUID(int=number), in_season, here, last)


def chosen(gaps, met=(), team=TEAM, **tiers):
    numbers = [one.taxon_id.int for one in gaps]
    taxa = {UUID(int=number): taxon(number, tiers.get(f"t{number}", 1)) for number in numbers}
    return [one.gap.taxon_id.int for one in targets(team, gaps, taxa, met, TODAY)]


def test_what_was_here_lately_or_the_team_has_met_is_no_target() -> None:
    gaps = [gap(1), gap(2, here=3, ago=10), gap(3, here=3, ago=LONG_DAYS + 1), gap(4)]
    assert chosen(gaps, met={UUID(int=4)}) == [1, 3]


def test_what_is_often_met_elsewhere_and_easy_comes_before_the_rare_and_the_hard() -> None:
    assert chosen([gap(4, in_season=4), gap(8, in_season=40)], t4=2, t8=2) == [8, 4]
    assert chosen([gap(8, in_season=40), gap(12, in_season=40)], t8=2)[0] == 12


def test_there_are_nine_of_several_groups_and_teams_look_for_different_ones() -> None:
    gaps = [gap(number) for number in range(1, 60)]
    own = chosen(gaps)
    assert len(own) == TARGETS
    assert all(sum(number % 4 == group for number in own) <= OF_A_GROUP for group in range(4))
    other = chosen(gaps, team=Team(UUID(int=1), UUID(int=1), "夜鹭"))
    assert not set(own) & set(other)


def test_a_place_without_gaps_has_no_missions() -> None:
    assert chosen([]) == []
    assert chosen([gap(1, here=5, ago=0)]) == []
