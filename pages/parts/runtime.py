"""The store, the photos and the decoders of a process: pages and routes get them only here."""

import asyncio
import gc
import hashlib
import hmac
import itertools
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from db import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.clock import KnownTime, now_utc
from observations.base.errors import Conflict, StorageError
from observations.base.safety import why_unsafe
from observations.base.settings import Settings, UnsafeSetting, load_settings
from observations.commands.exits import UNAVAILABLE
from observations.commands.serving import serve_commands
from observations.desk.lapses import end_old_questions
from observations.desk.mailing import write_letters
from observations.desk.rules import run_rules
from observations.desk.smtp import Smtp
from observations.exchange.archive.archive_file import forget_archives_of_the_erased
from observations.exchange.survey_writing import remove_interrupted
from observations.festivals.freezing import freeze_due
from observations.log.sealing import seal_new
from observations.media.decoders import Decoders
from observations.media.digests import compare_damaged, compare_due
from observations.media.ownership import require_own_photos
from observations.media.store import PhotoFiles
from observations.media.sweeping import SWEEP_AFTER, Sweep, sweep, take_back
from observations.occurrences.unused_uploads import remove_unused
from observations.people.demo_sign_in import offer_demo_sign_in
from observations.privacy.compacting import compact_when_due
from observations.satisfaction.publication.publications import publish_due
from observations.satisfaction.wave_steps import open_demo_wave
from pages.parts.connections import tend_connections
from pages.parts.desk_files import desk_files
from pages.parts.limits import together
from pages.parts.logs import configure, event, warn

TIDY_EVERY_S, SEAL_EVERY_S = 60.0, 15.0
EXPECTED = (StorageError, UnsafeSetting, OSError)  # of a start; told in a sentence
EXPORTS = "exports"  # the folder of archives for everyone, in LUJI_HOME
HEALTH_KEY = "health-key"  # a file in LUJI_HOME
INCOMING = "incoming"  # the folder of uploads on their way in, in LUJI_HOME
UPLOADS_EVERY, FILES_EVERY = 10, 360  # minutes
TEN_MINUTES = timedelta(minutes=UPLOADS_EVERY)
MOST_TOLD = 10
FILES_FIRST = SWEEP_AFTER // timedelta(minutes=1)
_lock = threading.Lock()
_open: dict[str, Any] = {}


known_time = KnownTime()


def known_now() -> datetime:
    """The time for what people do here, in UTC: the server's, unless its clock was set back."""
    return known_time.at_least()


def settings() -> Settings:
    """The settings, read once a process."""
    with _lock:
        if "settings" not in _open:
            _open["settings"] = load_settings()
        current: Settings = _open["settings"]
        return current


def store() -> Store:
    """The store, opened on first use. Two in one process would be two writers on one file."""
    configuration = settings()
    with _lock:
        if "store" not in _open:
            _open["store"] = open_store(configuration.database_url)
        current: Store = _open["store"]
        return current


def photos() -> PhotoFiles:
    """The photo files."""
    configuration = settings()
    with _lock:
        if "photos" not in _open:
            _open["photos"] = open_photos(configuration.media_url)
        files: PhotoFiles = _open["photos"]
        return files


def decoders() -> Decoders:
    """The processes that decode photos."""
    with _lock:
        if "decoders" not in _open:
            _open["decoders"] = Decoders()
        current: Decoders = _open["decoders"]
        return current


def close() -> None:
    """Close everything; the next use opens it again."""
    with _lock:
        opened = _open.pop("store", None)
        decoders = _open.pop("decoders", None)
        _open.clear()
    if decoders:
        decoders.close()
    if opened:
        opened.close()


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, object]]:
    """Open the store and serve commands before the first request; tidy after the last."""
    configure()
    tend_connections()
    _open_safely()
    await asyncio.to_thread(_write_health_key)
    await asyncio.to_thread(_clear_incoming)
    decoders().start()
    together.begin(settings().limits_url)
    tasks = [asyncio.create_task(_tidy()), asyncio.create_task(_seal())]
    async with serve_commands(settings().home, store(), photos()):
        event("server.started", engine=store().engine_name, is_demo=settings().is_demo)
        yield {}
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    close()


def health_key() -> str:
    """What an operator's monitor shows to learn from `/healthz` what fails."""
    return hmac.new(settings().secret, b"healthz", hashlib.sha256).hexdigest()


def _write_health_key() -> None:
    """Put the key where only who runs the server can read it."""
    path = settings().home / HEALTH_KEY
    with suppress(OSError):
        path.touch(mode=0o600)
        path.write_text(health_key(), "ascii")


def _clear_incoming() -> None:
    """Remove uploads that a killed server left incomplete: the phone sends them again."""
    long_ago = time.time() - 3600  # another process may be at work there
    for path in (settings().home / INCOMING).glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < long_ago:
                path.unlink()


def _open_safely() -> None:
    """Open the store, or end the process with a sentence for the operator."""
    with refusing_in_one_sentence():
        configuration = settings()
        if configuration.is_demo:
            offer_demo_sign_in(store(), now_utc())
            open_demo_wave(store(), now_utc())
        elif reason := why_unsafe(configuration, store()):
            raise UnsafeSetting(reason)
        known_time.note(store().log.last_moment() or now_utc())
        require_own_photos(store(), photos())
        take_back(store(), photos())


@contextmanager
def refusing_in_one_sentence() -> Iterator[None]:
    """Where a start is refused inside, write why and end the process; raise unexpected errors."""
    try:
        yield
    except Exception as error:
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        close()
        if not isinstance(error, EXPECTED):
            raise
        os._exit(UNAVAILABLE)  # an exception would be told again, with a page of traceback


async def _tidy() -> None:
    """Collect garbage on a timer: after each script run it cost 38 to 47 ms of every answer.

    Every ten minutes uploads that nobody used are looked through and some photos compared with
    their hashes, every six hours the photo files.
    """
    for minute in itertools.count(1):
        await asyncio.sleep(TIDY_EVERY_S)
        await asyncio.to_thread(gc.collect)
        await asyncio.to_thread(_tend)
        if minute % UPLOADS_EVERY == 0:
            is_thorough = minute % FILES_EVERY == FILES_FIRST
            await asyncio.to_thread(_tidy_uploads, timedelta(minutes=minute), is_thorough)
            await asyncio.to_thread(_compare_photos, is_thorough)
            await asyncio.to_thread(_freeze_festivals)


async def _seal() -> None:
    """Seal the log within a minute.

    The last link goes to this process's output too: who cuts the end of the chain off in the store
    does not reach it there.
    """
    while True:
        await asyncio.sleep(SEAL_EVERY_S)
        await asyncio.to_thread(_seal_log)


def _seal_log() -> None:
    try:
        if last := seal_new(store(), now_utc()):
            event("log.sealed", position=last.position, link=last.link)
    except Conflict:
        pass  # another process seals
    except StorageError as error:
        warn("log.not_sealed", reason=str(error))


def _tend() -> None:
    """What is looked after every minute."""
    if behind := known_time.behind():
        warn("clock.behind", seconds=round(behind.total_seconds()))
    desk_files.free_left()
    try:
        store().checkpoint_when_quiet()
    except StorageError as error:
        warn("storage.no_checkpoint", reason=str(error))
    _publish()
    _run_rules()
    _write_letters()
    _compact()
    _forget_archives()


def _publish() -> None:
    """Publish what is due of satisfaction; who reads a board first would do it otherwise."""
    try:
        if made := publish_due(store(), known_now()):
            event("satisfaction.published", publications=made)
    except StorageError as error:
        warn("satisfaction.not_published", reason=str(error))


def _freeze_festivals() -> None:
    """Freeze the results that are due, and append what was corrected."""
    try:
        for sheet in freeze_due(store(), settings().secret, known_now()):
            event("festival.frozen", festival=str(sheet.festival_id), number=sheet.number)
    except (StorageError, Conflict) as error:
        warn("festivals.not_frozen", reason=str(error))


def _run_rules() -> None:
    """Let the desk's rules look at what waits."""
    try:
        done = run_rules(store(), known_now())
    except StorageError as error:
        warn("rules.not_run", reason=str(error))
        return
    if done.accepted or done.audited:
        event("rules.run", accepted=done.accepted, audited=done.audited)
    for rule_id in done.ended:
        warn("rule.ended", rule=str(rule_id))


def _write_letters() -> None:
    """Write to staff what is due; after a failure it is tried again some minutes later."""
    server = settings().mail
    if server is None or time.monotonic() < _open.get("mail_rests_until", 0.0):
        return
    try:
        if letters := write_letters(store(), Smtp(server), settings().public_url, known_now()):
            event("mail.sent", letters=letters)
    except (StorageError, OSError) as error:
        _open["mail_rests_until"] = time.monotonic() + TEN_MINUTES.total_seconds()
        warn("mail.not_sent", kind=type(error).__name__)


def _forget_archives() -> None:
    """Delete archives that still name somebody who was erased, by whichever process."""
    try:
        if forget_archives_of_the_erased(store(), settings().home / EXPORTS):
            event("archives.forgotten")
    except (StorageError, OSError) as error:
        warn("archives.not_forgotten", reason=str(error))


def _compact() -> None:
    """Remove erased data from the files; after a failure it is tried again a minute later."""
    try:
        if compact_when_due(store(), known_now()):
            event("store.compacted")
    except (StorageError, OSError) as error:
        warn("store.not_compacted", reason=str(error))


def _tidy_uploads(running: timedelta, is_thorough: bool) -> None:
    try:
        store().gather()
        if lapsed := end_old_questions(store(), known_now()):
            event("desk.questions_ended", questions=lapsed)
        if interrupted := remove_interrupted(store(), now_utc()):
            warn("imports.removed", imports=interrupted)
        tidied = remove_unused(store(), photos(), now_utc(), running)
        swept = sweep(store(), photos(), now_utc(), running) if is_thorough else Sweep()
    except StorageError as error:
        event("uploads.tidying_failed", kind=type(error).__name__)
        return
    uploads = tidied.set_aside + tidied.removed
    if uploads or swept.set_aside or swept.removed:
        event("uploads.tidied", uploads=uploads, set_aside=swept.set_aside, removed=swept.removed)
    if swept.taken_back:
        warn("photos.taken_back", photos=swept.taken_back)
    if swept.held_back or (is_thorough and tidied.held_back):
        warn("photos.not_swept", of_nothing=swept.held_back, unused=tidied.held_back)


def _compare_photos(is_thorough: bool) -> None:
    """Compare the photo files that are due, a thirtieth a day.

    Every six hours it is said again which are damaged.
    """
    try:
        faults = compare_due(store(), photos(), now_utc(), TEN_MINUTES)
        if is_thorough:
            faults = compare_damaged(store(), photos(), now_utc())
    except StorageError as error:
        event("photos.not_compared", kind=type(error).__name__)
        return
    if faults:
        first = [str(fault) for fault in faults[:MOST_TOLD]]
        warn("photos.damaged", files=len(faults), first=first)
