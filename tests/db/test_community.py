"""What people say of others' sightings, on both engines."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import FolderOfPhotos
from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.occurrences.community.saying import say
from observations.occurrences.community.voices import Certainty, Opinion, agreement, public_voices
from observations.occurrences.deciding import NewName
from observations.privacy.downloading import everything_of
from observations.privacy.erasing import erase
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.sightings import NIGHT_HERON, NOW, observer_of, phone, record, said

LITTLE_EGRET = taxon_id_of("Egretta garzetta")
PHEASANT = taxon_id_of("Syrmaticus ellioti")  # sensitive
IT_IS = Opinion(NIGHT_HERON)
SECRET = b"s" * 32


def shown(store: Store, device_id: UUID | None = None, **changes: object) -> tuple[UUID, UUID]:
    """A public sighting: its own id and its public one."""
    subject = record(store, device_id or phone(store), **changes)
    said(store, subject, Verdict.PLAUSIBLE)
    sighting = store.occurrences.occurrence(subject)
    assert sighting is not None
    return subject, sighting.public_id


def name_of(store: Store, subject: UUID) -> str:
    found = agreement(store.community.voices(subject, NOW))
    return found.name if found else ""


def test_agreeing_refining_and_disagreeing(store: Store) -> None:
    subject, public_id = shown(store)
    others = [phone(store) for _ in range(3)]
    assert name_of(store, subject) == ""
    say(store, public_id, others[0], IT_IS, NOW)
    assert name_of(store, subject) == "Nycticorax nycticorax"
    say(store, public_id, others[1], Opinion(LITTLE_EGRET), NOW)
    assert name_of(store, subject) == "Ardeidae"  # two of three agree on the family alone
    say(store, public_id, others[2], Opinion(NIGHT_HERON, Certainty.FAMILY), NOW)
    assert name_of(store, subject) == "Ardeidae"
    later = NOW + timedelta(minutes=1)
    for other in others[1:]:  # who changes their mind has one voice
        say(store, public_id, other, IT_IS, later)
    assert name_of(store, subject) == "Nycticorax nycticorax"
    assert len(store.community.voices(subject, NOW)) == 4
    for other in others:
        say(store, public_id, other, Opinion(None), later + timedelta(minutes=1))
    assert name_of(store, subject) == ""
    shown_as = store.occurrences.public(public_id)
    assert shown_as and shown_as.verification_status == "plausible"


def test_what_is_not_possible_is_refused(store: Store) -> None:
    mine = phone(store)
    subject, public_id = shown(store, mine)
    other = phone(store)
    hidden = record(store, phone(store))
    waiting = store.occurrences.occurrence(hidden)
    assert waiting
    for code, call in {
        "community.own_record": lambda: say(store, public_id, mine, IT_IS, NOW),
        "consent.missing": lambda: say(store, public_id, new_id(), IT_IS, NOW),
        "taxon.unknown": lambda: say(store, public_id, other, Opinion(new_id()), NOW),
        "community.other_name": lambda: say(
            store, public_id, other, Opinion(LITTLE_EGRET, Certainty.GENUS), NOW
        ),
        "community.unknown": lambda: say(store, waiting.public_id, other, IT_IS, NOW),
    }.items():
        with pytest.raises(Refused, match=code.replace(".", r"\.")):
            call()
    with pytest.raises(Refused, match=r"community\.unknown"):  # by its own id it is nobody's
        say(store, subject, other, IT_IS, NOW)
    assert len(store.community.voices(subject, NOW)) == 1
    assert store.people.observer_of_device(other) is None  # who was refused joined nothing


def test_what_one_proved_to_know_weighs_in_its_group_alone(store: Store) -> None:
    subject, public_id = shown(store)
    expert, newcomer = phone(store), phone(store)
    birds = ("Egretta garzetta", "Phasianus colchicus", "Bambusicola thoracicus")
    for name in (*birds, birds[0]):  # the same bird twice proves one
        said(store, record(store, expert, taxon_id=str(taxon_id_of(name))), Verdict.ACCEPT)
    said(store, record(store, newcomer), Verdict.PLAUSIBLE)  # not accepted: proves nothing
    helped, its_id = shown(store, taxon_id=str(taxon_id_of("Lophura nycthemera")))
    say(store, its_id, newcomer, Opinion(taxon_id_of("Lophura nycthemera")), NOW)
    said(store, helped, Verdict.ACCEPT)
    for device_id in (expert, newcomer):
        say(store, public_id, device_id, IT_IS, NOW)
    proved = {
        one.observer_id: (one.own, one.helped) for one in store.community.voices(subject, NOW)
    }
    assert proved[observer_of(store, expert).observer_id] == (3, 0)
    assert proved[observer_of(store, newcomer).observer_id] == (0, 1)
    after, after_id = shown(store, taxon_id=str(LITTLE_EGRET))
    said(store, after, Verdict.ACCEPT)
    late = NOW + timedelta(hours=1)  # agreeing with what was accepted before proves nothing
    say(store, after_id, newcomer, Opinion(LITTLE_EGRET), late)
    proved = {
        one.observer_id: (one.own, one.helped) for one in store.community.voices(subject, NOW)
    }
    assert proved[observer_of(store, newcomer).observer_id] == (0, 1)


def test_a_sensitive_name_changes_nothing_that_the_public_hears(store: Store) -> None:
    subject, public_id = shown(store)
    one, other, third = phone(store), phone(store), phone(store)
    say(store, public_id, one, IT_IS, NOW)
    before = public_voices(store.community.voices(subject, NOW), NIGHT_HERON)
    place = store.occurrences.public(public_id)
    stamp = store.map.stamp()
    for device_id in (other, third):
        say(store, public_id, device_id, Opinion(PHEASANT), NOW)
    assert public_voices(store.community.voices(subject, NOW), NIGHT_HERON) == before
    assert store.occurrences.public(public_id) == place
    assert store.map.stamp() == stamp
    assert name_of(store, subject) != "Nycticorax nycticorax"  # the desk hears everybody


def test_a_name_of_the_community_opens_no_generalised_place(store: Store) -> None:
    unnamed, public_id = shown(store, taxon_id=None, name="不认识")
    before = store.occurrences.public(public_id)
    for device_id in (phone(store), phone(store)):
        say(store, public_id, device_id, IT_IS, NOW)
    assert name_of(store, unnamed) == "Nycticorax nycticorax"
    assert store.occurrences.public(public_id) == before
    assert before and before.grid == 10
    pheasant, its_id = shown(store, taxon_id=str(PHEASANT))
    before = store.occurrences.public(its_id)
    for device_id in (phone(store), phone(store)):
        say(store, its_id, device_id, IT_IS, NOW)
    assert store.occurrences.public(its_id) == before and before and before.grid
    # the name that it is shown with is public already
    heard = public_voices(store.community.voices(pheasant, NOW), PHEASANT)
    assert len(heard) == 3


def test_the_observers_correction_is_their_one_voice(store: Store) -> None:
    mine = phone(store)
    subject, public_id = shown(store, mine)
    say(store, public_id, phone(store), Opinion(LITTLE_EGRET), NOW)
    said(store, subject, Verdict.CORRECT, observer_of(store, mine), name=NewName(LITTLE_EGRET))
    assert name_of(store, subject) == "Egretta garzetta"
    said(store, subject, Verdict.ACCEPT, name=NewName(NIGHT_HERON))  # a verifier is no voice of it
    assert name_of(store, subject) == "Egretta garzetta"


def test_an_erased_person_says_nothing_any_more(store: Store, tmp_path: Path) -> None:
    subject, public_id = shown(store)
    device_id = phone(store)
    say(store, public_id, device_id, IT_IS, NOW)
    me = observer_of(store, device_id).observer_id
    assert me and len(store.community.said_by(me)) == 1
    assert b"names_for_others.csv" in everything_of(store, SECRET, me)
    assert name_of(store, subject)
    erase(store, FolderOfPhotos(tmp_path / "photos"), SECRET, device_id, NOW)
    assert store.community.said_by(me) == []
    assert name_of(store, subject) == ""


def test_what_was_said_of_a_record_goes_with_it(store: Store, tmp_path: Path) -> None:
    mine, other = phone(store), phone(store)
    subject, public_id = shown(store, mine)
    say(store, public_id, other, IT_IS, NOW)
    said(store, subject, Verdict.WITHDRAW, observer_of(store, mine))
    erase(store, FolderOfPhotos(tmp_path / "photos"), SECRET, mine, NOW)
    me = observer_of(store, other).observer_id
    assert me and store.community.said_by(me) == []
