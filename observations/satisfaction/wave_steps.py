"""Opening and closing a wave, by staff. A response is accepted only while its wave is open."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.satisfaction.dimensions import LATEST_QUESTIONNAIRE, QUESTIONNAIRES
from observations.satisfaction.store import Reads, Store, Transaction
from observations.satisfaction.waves import Step, StepKind, Wave, wave_of

RUN_WAVES = "run_waves"


def latest_steps(steps: Iterable[Step]) -> Mapping[str, Step]:
    """The last step of each wave; `steps` come the latest first."""
    latest: dict[str, Step] = {}
    for step in steps:
        latest.setdefault(step.wave_id, step)
    return latest


def open_version(store: Reads, now: datetime) -> int | None:
    """The version of the questionnaire that is in use at `now`; None: the wave is not open."""
    step = latest_steps(store.satisfaction.steps()).get(wave_of(now).wave_id)
    return step.version if step and step.kind is StepKind.OPENED else None


def closed_at(store: Reads, wave: Wave) -> datetime | None:
    """When a wave was closed, None while it is open or was never opened."""
    step = latest_steps(store.satisfaction.steps()).get(wave.wave_id)
    return step.stepped_at if step and step.kind is StepKind.CLOSED else None


@retried
def open_wave(
    store: Store, person: Person, wave: Wave, now: datetime, version: int = LATEST_QUESTIONNAIRE
) -> None:
    """Open the wave of the quarter that contains `now`; an open wave stays as it is.

    Raises `Refused`: `role.may_not`; `satisfaction.not_now` for another quarter;
    `satisfaction.version_fixed` where people have answered another version already.
    """
    require(person, RUN_WAVES)
    if wave != wave_of(now) or version not in QUESTIONNAIRES:
        raise Refused("satisfaction.not_now")
    with store.transaction() as tx:
        step = latest_steps(tx.satisfaction.steps()).get(wave.wave_id)
        if step and step.version != version and tx.satisfaction.edition(wave.wave_id)[0]:
            raise Refused("satisfaction.version_fixed")
        if step and (step.kind, step.version) == (StepKind.OPENED, version):
            return
        tx.satisfaction.open_wave(wave)
        _step(tx, Step(wave.wave_id, StepKind.OPENED, version, person.staff_id, now), person)


@retried
def close_wave(store: Store, person: Person, wave: Wave, now: datetime) -> None:
    """Close a wave; a closed wave stays as it is.

    Raises `Refused`: `role.may_not` and, for a wave that was never opened,
    `satisfaction.no_such_wave`.
    """
    require(person, RUN_WAVES)
    with store.transaction() as tx:
        step = latest_steps(tx.satisfaction.steps()).get(wave.wave_id)
        if step is None:
            raise Refused("satisfaction.no_such_wave")
        if step.kind is StepKind.CLOSED:
            return
        closing = Step(wave.wave_id, StepKind.CLOSED, step.version, person.staff_id, now)
        _step(tx, closing, person)


@retried
def open_demo_wave(store: Store, now: datetime) -> None:
    """Open the running wave of a demonstration, unless it was opened or closed before."""
    wave = wave_of(now)
    with store.transaction() as tx:
        if wave.wave_id not in latest_steps(tx.satisfaction.steps()):
            tx.satisfaction.open_wave(wave)
            opening = Step(wave.wave_id, StepKind.OPENED, LATEST_QUESTIONNAIRE, None, now)
            tx.satisfaction.step(opening)


def _step(tx: Transaction, step: Step, person: Person) -> None:
    """Append the step, and log it with the person who took it."""
    tx.satisfaction.step(step)
    details: dict[str, object] = {"wave": step.wave_id, "version": step.version}
    tx.log.add(LogEntry(f"wave.{step.kind}", None, person, step.stepped_at, details))
