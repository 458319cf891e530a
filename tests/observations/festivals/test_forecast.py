"""What will remain after checking lies in the interval that was published."""

import numpy as np

from observations.festivals.forecast import Interval, Past, forecast
from tests.support.simulated_festivals import Simulated, festival

FESTIVALS = 200
OFTEN, NARROW = 0.90, 0.15


def in_it(interval: Interval, final: int) -> bool:
    return interval.low <= final <= interval.high


def width(interval: Interval, final: int) -> float:
    return (interval.high - interval.low) / final


def test_of_200_festivals_with_guessers_and_fakes_the_final_result_lies_in_the_interval() -> None:
    right, widths = [], []
    for seed in range(FESTIVALS):
        one = festival(seed)
        whole, _ = forecast(one.met, one.pasts)
        pairs = ((whole.encounters, one.encounters), (whole.species, one.species))
        right.append([in_it(*pair) for pair in pairs])
        widths.append([width(*pair) for pair in pairs])
    shares, widest = np.mean(right, axis=0), np.mean(widths, axis=0)
    assert min(shares) >= OFTEN, (shares, widest)
    assert max(widest) <= NARROW, (shares, widest)


def test_what_is_checked_is_certain_and_the_same_data_give_the_same_interval() -> None:
    one = festival(1)
    checked = [encounter for encounter in one.met if encounter.confirmed]
    whole, teams = forecast(checked, one.pasts)
    assert whole.encounters == Interval(len(checked), len(checked), len(checked))
    assert sum(team.encounters.middle for team in teams.values()) == len(checked)
    assert forecast(one.met, one.pasts) == forecast(one.met, one.pasts)


def test_a_guessers_sightings_are_expected_to_shrink_more_than_an_experts() -> None:
    one: Simulated = festival(2)
    people = sorted({encounter.first.observer_id for encounter in one.met})
    groups = {encounter.first.group for encounter in one.met}
    waiting = [encounter for encounter in one.met if not encounter.confirmed]

    def share(accepted: int) -> float:
        pasts = {(who, group): Past(20, accepted, accepted) for who in people for group in groups}
        return forecast(waiting, pasts)[0].encounters.middle / len(waiting)

    assert share(5) < 0.4 < 0.8 < share(19)


def test_an_empty_festival_expects_nothing() -> None:
    whole, teams = forecast([], {})
    assert (whole.species, teams) == (Interval(0, 0, 0), {})
