"""Answering, and changing one's answer while the wave runs."""

from datetime import datetime
from uuid import UUID

from observations.log.clock import day_of
from observations.log.errors import Refused
from observations.log.ids import random_id
from observations.log.retrying import retried
from observations.people.consent import require_consent
from observations.people.joining import ensure_observer
from observations.people.observer import ELSEWHERE
from observations.places.districts import DISTRICTS
from observations.satisfaction.responses import Questionnaire, Response, refuse_unusable
from observations.satisfaction.store import Store, Transaction
from observations.satisfaction.tokens import person_token
from observations.satisfaction.waves import wave_of


@retried
def submit(
    store: Store,
    secret: bytes,
    device_id: UUID,
    home_district: str | None,
    questionnaire: Questionnaire,
    now: datetime,
) -> Response:
    """Keep what the person with this browser answers; an observer is made where there is none.

    ``home_district`` is the one just chosen (an adcode or ``elsewhere``), or None where it is
    known. Raises ``Refused``: ``consent.missing``, ``satisfaction.home_unknown``,
    ``satisfaction.elsewhere``, ``district.unknown`` and what ``record`` refuses.
    """
    with store.transaction() as tx:
        require_consent(tx, device_id)
        observer = ensure_observer(tx, device_id, now)
        home = home_district or observer.home_district
        district = _ratable(home)
        if district != observer.home_district:
            tx.people.choose_home_district(observer.observer_id, district)
        return record(tx, secret, observer.observer_id, district, questionnaire, now)


def record(
    tx: Transaction,
    secret: bytes,
    observer_id: UUID,
    district: str,
    questionnaire: Questionnaire,
    now: datetime,
) -> Response:
    """Append one answer to the wave that runs at ``now``; the same answer again adds nothing.

    No log entry is written: beside an observer's other entries its time would tell whose
    answer it is. Raises ``Refused``: ``satisfaction.empty``, ``satisfaction.off_scale``,
    ``text.too_long``, ``text.unreadable``.
    """
    refuse_unusable(questionnaire)
    wave = wave_of(now)
    token = person_token(secret, wave.wave_id, observer_id)
    before = tx.satisfaction.current(wave.wave_id, token)
    kept = questionnaire.as_kept
    if before and (before.questionnaire, before.district) == (kept, district):
        return before
    turn = before.turn + 1 if before else 1
    response = Response(random_id(), wave.wave_id, token, turn, district, kept, day_of(now))
    tx.satisfaction.open_wave(wave)
    tx.satisfaction.add([response])
    return response


def _ratable(home_district: str | None) -> str:
    if home_district is None:
        raise Refused("satisfaction.home_unknown", field="home_district")
    if home_district == ELSEWHERE:
        raise Refused("satisfaction.elsewhere", field="home_district")
    if home_district not in DISTRICTS:
        raise Refused("district.unknown", field="home_district")
    return home_district
