"""Submitting a response, and replacing it while its wave is open."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import random_id
from observations.base.retrying import retried
from observations.people.consenting import require_consent
from observations.people.joining import ensure_observer
from observations.people.observer import ELSEWHERE
from observations.places.districts import DISTRICTS
from observations.satisfaction.concern import Concern
from observations.satisfaction.margins import categories
from observations.satisfaction.residence import tier_of, use_code
from observations.satisfaction.responses import (
    Circumstances,
    Questionnaire,
    Response,
    refuse_unusable,
)
from observations.satisfaction.store import Store, Transaction
from observations.satisfaction.themes import cleaned
from observations.satisfaction.tokens import network_token, person_token
from observations.satisfaction.wave_steps import open_version
from observations.satisfaction.waves import wave_of


@dataclass(frozen=True)
class Extras:
    """What comes with the answers.

    Age group and sex if given, a residence code, the network as the server saw it, the reason for a
    low score, and its photo by upload id.
    """

    age_group: str | None = None
    sex: str | None = None
    code: str = ""
    network: str = ""
    concern: Concern | None = None
    upload_id: UUID | None = None


NOTHING = Extras()


@retried
def submit(
    store: Store,
    secret: bytes,
    device_id: UUID,
    home_district: str | None,
    questionnaire: Questionnaire,
    now: datetime,
    extras: Extras = NOTHING,
) -> Response:
    """Keep what the person with this browser answers; an observer is made where there is none.

    `home_district` is the one just chosen (an adcode or `elsewhere`), or None where it is
    known. Raises `Refused`: `consent.missing`, `satisfaction.home_unknown`,
    `satisfaction.elsewhere`, `district.unknown`, `satisfaction.code_…` and what `record`
    refuses.
    """
    with store.transaction() as tx:
        require_consent(tx, device_id)
        observer = ensure_observer(tx, device_id, now)
        home = home_district or observer.home_district
        district = _ratable(home)
        if district != observer.home_district:
            tx.people.choose_home_district(observer.observer_id, district)
        if extras.code.strip():
            use_code(tx, secret, observer.observer_id, district, extras.code, now)
        extras = replace(extras, concern=_with_photo(tx, extras, device_id))
        return record(tx, secret, observer.observer_id, district, questionnaire, now, extras)


def record(
    tx: Transaction,
    secret: bytes,
    observer_id: UUID,
    district: str,
    questionnaire: Questionnaire,
    now: datetime,
    extras: Extras = NOTHING,
) -> Response:
    """Append one answer to the wave that is open at `now`; the same answer again adds nothing.

    No log entry is written: beside an observer's other entries its time would tell whose
    answer it is. Raises `Refused`: `satisfaction.closed`, `satisfaction.empty`,
    `satisfaction.off_scale`, `satisfaction.not_asked`, `text.too_long`, `text.unreadable`,
    `place.outside`.
    """
    version = open_version(tx, now)
    if version is None:
        raise Refused("satisfaction.closed")
    refuse_unusable(questionnaire, version)
    wave = wave_of(now)
    token = person_token(secret, wave.wave_id, observer_id)
    answers = questionnaire.as_kept
    _keep_concern(tx, wave.wave_id, token, answers, extras.concern)
    demographics = _told(tx, extras, now)
    circumstances = Circumstances(
        version=version,
        tier=tier_of(tx, secret, observer_id, district, now),
        age_group=demographics.age_group,
        sex=demographics.sex,
        network=network_token(secret, wave.wave_id, extras.network),
    )
    before = tx.satisfaction.current(wave.wave_id, token)
    if before and _is_same(before, answers, district, circumstances):
        return before
    turn = before.turn + 1 if before else 1
    day = day_of(now)
    response = Response(
        random_id(), wave.wave_id, token, turn, district, answers, day, circumstances=circumstances
    )
    tx.satisfaction.open_wave(wave)
    tx.satisfaction.add([response])
    return response


def _is_same(
    before: Response, answers: Questionnaire, district: str, circumstances: Circumstances
) -> bool:
    """Whether the answers are unchanged; a different network does not count as a change."""
    same = replace(circumstances, network=before.circumstances.network)
    return (before.questionnaire, before.district, before.circumstances) == (
        answers,
        district,
        same,
    )


def _told(tx: Transaction, extras: Extras, now: datetime) -> Extras:
    """The age group and sex, where the margins use them."""
    rows = tx.satisfaction.margins(now)
    age = extras.age_group if extras.age_group in categories(rows, "age") else None
    sex = extras.sex if extras.sex in categories(rows, "sex") else None
    return replace(extras, age_group=age, sex=sex)


def _with_photo(tx: Transaction, extras: Extras, device_id: UUID) -> Concern | None:
    """The concern with its photo, whose link to the browser is removed."""
    if extras.concern is None or extras.upload_id is None:
        return extras.concern
    photo = tx.satisfaction.take_photo(extras.upload_id, device_id)
    return replace(extras.concern, photo=photo) if photo else extras.concern


def _keep_concern(
    tx: Transaction, wave_id: str, token: str, answers: Questionnaire, concern: Concern | None
) -> None:
    """Store the concern, if a score is low; a photo that was sent earlier stays with it."""
    if not answers.asks_why:
        photo = concern.photo if concern else None
        _put_concern(tx, wave_id, token, None, photo)
        return
    if concern is None:
        return
    if concern.dimension not in answers.low and answers.lowest:
        concern = replace(concern, dimension=answers.lowest)
    before = tx.satisfaction.concern(wave_id, token)
    photo = concern.photo or (before.photo if before else None)
    _put_concern(tx, wave_id, token, cleaned(replace(concern, photo=photo)), None)


def _put_concern(
    tx: Transaction, wave_id: str, token: str, concern: Concern | None, photo: str | None
) -> None:
    """Store it, or nothing; of a photo that nothing names any more no digest stays."""
    before = tx.satisfaction.put_concern(wave_id, token, concern)
    if loose := {sha256 for sha256 in (before, photo) if sha256}:
        tx.media.forget_digests(sorted(loose))


def _ratable(home_district: str | None) -> str:
    if home_district is None:
        raise Refused("satisfaction.home_unknown", field="home_district")
    if home_district == ELSEWHERE:
        raise Refused("satisfaction.elsewhere", field="home_district")
    if home_district not in DISTRICTS:
        raise Refused("district.unknown", field="home_district")
    return home_district
