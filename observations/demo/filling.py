"""Filling an empty store with the demo half-year, all of it or nothing."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.roles import OPERATOR, Role
from observations.demo.album import CROPS_EACH, Album, album, drawings, make_pictures
from observations.demo.dice import Dice
from observations.demo.gatherings import clubs, write_clubs, write_festival
from observations.demo.half_year import HalfYear, make_half_year
from observations.demo.progress import Report, counted, quiet
from observations.demo.responses import answered_themes, concern_of, last_waves, steps_of
from observations.demo.store import Store, Transaction
from observations.demo.stories import Verifiers
from observations.map.projection import project
from observations.media.ownership import require_own_photos
from observations.media.store import PhotoFiles
from observations.people.accounts import add_account, disable_account
from observations.people.demo_sign_in import DEMO_USERNAME, offer_demo_sign_in
from observations.satisfaction.publication.publications import publish_due

SEED = 20231202
SECOND_VERIFIER = "demo-second"
# The bar's position when the pictures are stored, and when all rows are made.
HUNG, IMAGINED = 0.3, 0.6


def fill(
    store: Store,
    photos: PhotoFiles,
    now: datetime,
    seed: int = SEED,
    report: Report = quiet,
) -> HalfYear:
    """Write the half-year that ends at `now` (aware); the same seed and `now` give the same rows.

    Photo files come first, then all rows in one transaction. Every row is marked as demo. Raises
    `Refused`: `demo.already_there`, or `demo.store_not_empty` where the store is in use;
    `StorageError` where the photos are another store's.
    """
    _refuse_unless_empty(store)
    require_own_photos(store, photos)
    dice = Dice(seed)
    pictures = _hang(photos, dice, report)
    verifiers = _verifiers(store, now)
    taxa, catalogue = store.taxa.all_taxa(), store.actions.catalogue(day_of(now))
    half_year = make_half_year(dice, taxa, catalogue, pictures, verifiers, now)
    report(IMAGINED)
    with store.transaction() as tx:
        _write(tx, half_year, verifiers.first, now, report)
        shown = {upload.sha256 for upload in half_year.uploads}
        tx.media.put_digests(pictures.digests(shown), day_of(now))
    publish_due(store, now)
    report(1)
    return half_year


def _refuse_unless_empty(store: Store) -> None:
    if store.people.count_demo_observers():
        raise Refused("demo.already_there")
    if not store.demo.is_untouched():
        raise Refused("demo.store_not_empty")


def _hang(photos: PhotoFiles, dice: Dice, report: Report) -> Album:
    step = counted(report, 0, HUNG, CROPS_EACH * len(drawings()))
    hung = []
    for picture in make_pictures(photos, dice):
        hung.append(picture)
        step()
    return album(iter(hung))


def _verifiers(store: Store, now: datetime) -> Verifiers:
    """The demo's staff account, and a second, disabled one: decisions name both."""
    offer_demo_sign_in(store, now)
    first = store.people.staff_named(DEMO_USERNAME)
    second = store.people.staff_named(SECOND_VERIFIER)
    if second is None:
        second = add_account(
            store,
            OPERATOR,
            SECOND_VERIFIER,
            secrets.token_urlsafe(),
            Role.VERIFIER,
            now,
            is_demo=True,
        )
        disable_account(store, OPERATOR, second.staff_id, now)
    return Verifiers((first or second).staff_id, second.staff_id)


def _write(
    tx: Transaction, half_year: HalfYear, staff_id: UUID, now: datetime, report: Report
) -> None:
    sightings, deeds, together = half_year.sightings, half_year.deeds, clubs(half_year.people)
    steps: tuple[Callable[[], object], ...] = (
        lambda: tx.demo.add_people(half_year.people),
        lambda: tx.demo.add_uploads(half_year.uploads),
        lambda: tx.demo.add_sightings(sightings),
        lambda: tx.demo.add_names(half_year.names),
        lambda: tx.actions.add([deed.entry for deed in deeds]),
        lambda: tx.demo.add_reviews([case.review for case in half_year.cases]),
        lambda: tx.demo.add_decisions(half_year.decisions),
        lambda: write_clubs(tx, together),
        lambda: tx.points.post(together.paid(half_year.postings)),
        lambda: write_festival(tx, half_year.people, staff_id, now),
        lambda: tx.demo.add_log(half_year.log),
        lambda: _write_answers(tx, half_year, staff_id, now),
        lambda: project(tx),
    )
    step_done = counted(report, IMAGINED, 1, len(steps) + 1)
    for step in steps:
        step()
        step_done()


def _write_answers(tx: Transaction, half_year: HalfYear, staff_id: UUID, now: datetime) -> None:
    today, dice = day_of(now), Dice(SEED)
    for wave in last_waves(today):
        tx.satisfaction.open_wave(wave)
    for step in steps_of(today):
        tx.satisfaction.step(step)
    tx.satisfaction.add(half_year.responses)
    shown = [wave.wave_id for wave in last_waves(today)[-2:]]
    for response in half_year.responses:
        concern = concern_of(dice, response) if response.wave_id in shown else None
        if concern and response.turn == 1:
            tx.satisfaction.put_concern(response.wave_id, response.person_token, concern)
    for wave_id in shown:
        raised = tx.satisfaction.raised(wave_id)
        for answer, tokens in answered_themes(dice, raised, today):
            tx.satisfaction.add_answer(answer, wave_id, staff_id, tokens)
