"""The catalogue's rows against what is known of them."""

import csv
from decimal import Decimal

import pytest

from observations.actions.catalogue import GROUP_NAMES, Group, action_of
from tests.observations.actions.shelf import SEED, action, catalogue

LEFT_OUT = {"TRV-METRO-GZ", "NAT-SIGHT", "NAT-INVASIVE"}
WITHOUT_A_USABLE_FACTOR = {
    "TRV-SHAREDBIKE-KM", "HOM-GAS", "HOM-PETROL",  # from knowledge, which is no source
    "TRV-EV-KM",  # the writer's own assumptions
    "USE-PAPERPACK", "OFF-PAPER",  # a press figure without a paper, and what follows
}  # fmt: skip


@pytest.fixture(scope="module")
def facts(request):
    from tests.support.layers import SHARED

    with (SHARED / "data" / "low_carbon_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action_code"]: row for row in csv.DictReader(file)}


@pytest.mark.needs_shared
def test_every_row_of_research_is_offered_but_those_that_are_another_rows_act(facts):
    assert {one.code for one in catalogue()} == set(facts) - LEFT_OUT


@pytest.mark.needs_shared
def test_a_factor_is_the_researched_one_or_none(facts):
    for one in catalogue():
        researched = facts[one.code]["factor_kgCO2e_per_unit"]
        if one.code == "CLO-RECYCLE":  # several values: the lowest scheme's
            assert one.factor.saving == Decimal("1.28")
        elif one.code in (
            "TRV-METRO",
            "TRV-BUS",
        ):  # the scheme's own value for a self-reported ride
            assert str(one.factor.saving) in facts[one.code]["notes"]
        elif one.code in WITHOUT_A_USABLE_FACTOR or not researched:
            assert one.factor is None, one.code
        else:
            assert one.factor.saving == Decimal(researched), one.code


@pytest.mark.needs_shared
def test_a_year_is_shown_where_the_source_has_one(facts):
    for one in catalogue():
        if one.factor and one.code != "CLO-RECYCLE":
            researched = facts[one.code]["source_year"]
            assert one.factor.year == (int(researched) if researched else None), one.code


def test_participation_never_has_kilograms():
    nature = [one for one in catalogue() if one.group is Group.NATURE]
    assert nature and not any(one.factor for one in nature)


def test_actions_that_exclude_each_other_say_so_on_both_sides():
    excluded = {one.code: one.not_with for one in catalogue()}
    for code, others in excluded.items():
        for other in others:
            assert code in excluded[other], (code, other)


def test_every_action_has_words_in_both_languages_and_quantities_that_fit():
    for one in catalogue():
        for words in (one.name, one.unit_name):
            assert words.zh and words.en, one.code
        assert bool(one.hint.zh) == bool(one.hint.en), one.code
        assert max(one.choices) <= one.quantity_max, one.code
        assert one.points * (one.daily_cap // one.portion) <= 25, one.code


def test_every_group_has_a_name_and_an_action():
    assert set(GROUP_NAMES) == set(Group) == {one.group for one in catalogue()}


def test_a_factor_without_a_source_is_no_row_of_the_catalogue():
    with SEED.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    with pytest.raises(ValueError, match="source"):
        action_of({**row, "source_en": ""})


def test_the_two_language_words_are_chosen_by_language():
    metro = action("TRV-METRO")
    assert (metro.name.of("zh"), metro.name.of("en")) == ("坐了一趟地铁", "Took the metro")
