"""A festival's result is frozen, signed, corrected by a further sheet, and holds."""

import csv
import io
import json
from datetime import timedelta

import pytest

from observations.base.errors import Refused
from observations.festivals.freezing import freeze_due
from observations.festivals.joining import join
from observations.festivals.organising import Plan, mend_festival
from observations.festivals.result import firsts, result
from observations.festivals.sheet import Sheet, is_signed, public_key
from observations.places.districts import DISTRICTS
from observations.verification.decisions import Reason, Verdict
from tests.support.festival_days import HE_QING, HOURS, NOW, filled, made, say, sighting
from tests.support.sightings import phone

SECRET = b"the secret of this server, 32 long"


@pytest.fixture
def festival(store):
    return made(store)


def test_the_result_is_frozen_once_its_days_of_checking_are_over(store, festival):
    filled(store, festival)
    before, at = festival.freezes_at - timedelta(seconds=1), festival.freezes_at
    assert freeze_due(store, SECRET, before) == []
    [sheet] = freeze_due(store, SECRET, at)
    assert freeze_due(store, SECRET, at + timedelta(days=1)) == []
    assert store.festivals.latest_sheet(festival.festival_id) == sheet
    assert (sheet.whole.confirmed, sheet.whole.species, sheet.whole.people) == (8, 2, 4)
    whole = result(store, festival, at)
    assert [(row.team.name, row.tally.confirmed) for row in whole.rows] == [
        ("白鹭", 6),
        ("独行", 2),
    ]
    assert whole.whole == sheet.whole and whole.expected is None


def test_the_sheet_verifies_and_fails_for_one_changed_record(store, festival):
    filled(store, festival)
    [sheet] = freeze_due(store, SECRET, festival.freezes_at)
    key = public_key(SECRET)
    assert is_signed(sheet, key)
    assert not is_signed(sheet, public_key(b"another secret"))
    changed = sheet.records.replace("Egretta garzetta", "Egretta eulophotes", 1)
    for other in (
        changed_sheet(sheet, records=changed),
        changed_sheet(sheet, content=sheet.content.replace('"encounters":8', '"encounters":9')),
        changed_sheet(sheet, signature="00" * 64),
        changed_sheet(sheet, signature="no hex"),
    ):
        assert not is_signed(other, key)


def changed_sheet(sheet: Sheet, **changes: str) -> Sheet:
    return Sheet(**{**sheet.__dict__, **changes})


def test_a_small_teams_records_are_in_the_list_without_its_name(store, festival):
    filled(store, festival)
    [sheet] = freeze_due(store, SECRET, festival.freezes_at)
    rows = list(csv.DictReader(io.StringIO(sheet.records)))
    large = {team["team"]: team["in_records"] for team in sheet.said["counts"]["teams"]}
    assert sorted(large.values()) == [False, True]
    assert sum(row["team"] == "" for row in rows) == 2
    assert {row["team"] for row in rows if row["team"]} == {
        of for of, is_in in large.items() if is_in
    }


def test_what_is_corrected_later_is_another_sheet_and_what_is_accepted_later_none(store, festival):
    accepted = filled(store, festival)
    device = phone(store)
    join(store, festival.code, "白鹭", device, NOW)
    waiting = sighting(store, device, NOW + 9 * HOURS)
    [first] = freeze_due(store, SECRET, festival.freezes_at)
    say(store, waiting, Verdict.ACCEPT)
    assert freeze_due(store, SECRET, festival.freezes_at) == []
    say(store, accepted[0], Verdict.REJECT, reason=Reason.NOT_ENOUGH)
    [second] = freeze_due(store, SECRET, festival.freezes_at + timedelta(days=3))
    assert (second.number, second.whole.confirmed) == (2, 7)
    assert store.festivals.sheets([festival.festival_id]) == [first, second]
    assert second.record_ids < first.record_ids
    later = result(store, festival, festival.freezes_at)
    assert (later.whole.confirmed, len(firsts(later))) == (7, 2)


def test_of_a_frozen_festival_no_bound_can_be_moved(store, festival):
    freeze_due(store, SECRET, festival.freezes_at)
    plan = Plan("节", (festival.first_day, festival.last_day + timedelta(days=20)))
    with pytest.raises(Refused, match="festival.settled"):
        mend_festival(store, HE_QING, festival.festival_id, plan, DISTRICTS, festival.freezes_at)


def test_a_festival_that_was_cancelled_has_no_result(store, festival):
    with store.transaction() as tx:
        tx.festivals.change_festival(type(festival)(**{**festival.__dict__, "is_cancelled": True}))
    assert freeze_due(store, SECRET, festival.freezes_at) == []


def test_a_sheet_is_one_text_whatever_made_it(store, festival):
    filled(store, festival)
    [sheet] = freeze_due(store, SECRET, festival.freezes_at)
    assert (
        json.dumps(
            json.loads(sheet.content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        == sheet.content
    )
