"""Half a year of low-carbon actions, counted by the catalogue's own rules."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.counting import (
    SELF_REPORT_KG_A_DAY,
    SELF_REPORT_POINTS_A_DAY,
    Count,
    count,
    excluding_code,
)
from observations.actions.entries import ActionEntry, DayTotal
from observations.base.clock import day_of
from observations.demo.album import Album, Picture
from observations.demo.crowd import Person
from observations.demo.days import moment_on
from observations.demo.dice import Dice, WeightedChoice
from observations.demo.phrases import phrases
from observations.occurrences.occurrence import Upload

TABLE = Path(__file__).with_name("deeds.csv")
ACTIONS = 8000
MOST_A_DAY = 6
WITH_NOTE = 0.05
# The first quantities offered are the most frequent ones.
FALLING = 0.6


@dataclass(frozen=True)
class Deed:
    """One logged action, and its upload, if any."""

    entry: ActionEntry
    upload: Upload | None


@cache
def _habits() -> dict[str, tuple[float, float]]:
    """By code: how often it is logged, and how often with a photo."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {
            row["code"]: (float(row["weight"]), float(row["photo_share"]))
            for row in csv.DictReader(rows)
        }


class Diary:
    """One person's actions of one day, which limit what can be added."""

    def __init__(self, person: Person, day: date) -> None:
        self.person, self.day = person, day
        self.deeds: list[Deed] = []
        self.left = SELF_REPORT_POINTS_A_DAY
        self.left_kg = SELF_REPORT_KG_A_DAY

    @property
    def totals(self) -> list[DayTotal]:
        """The entries of the day by action; here each is logged once a day."""
        return [
            DayTotal(e.action_code, e.activity_data, e.avoided_kg_co2e or Decimal(0))
            for e in (deed.entry for deed in self.deeds)
        ]

    def may_hold(self, action: Action) -> bool:
        """Whether the action can be added: not there yet, and not excluded by another."""
        totals = self.totals
        is_new = all(total.action_code != action.code for total in totals)
        return is_new and excluding_code(action, totals) is None


class ActionMaker:
    """Makes logged actions, one at a time."""

    def __init__(
        self, catalogue: Sequence[Action], album: Album, dice: Dice, now: datetime
    ) -> None:
        self._album, self._dice, self._now = album, dice, now
        self._actions = {action.code: action for action in catalogue}
        self._months: dict[tuple[UUID, str, date], list[Decimal]] = {}
        weights = {code: weight for code, (weight, _) in _habits().items() if code in self._actions}
        self._wheel = WeightedChoice(weights)

    def log(self, diary: Diary) -> bool:
        """Add one more action to a diary; gives whether that was possible."""
        action = self._actions[self._wheel.pick(self._dice)]
        logged_at = moment_on(diary.day, self._dice, 7, 23)
        too_late = logged_at >= self._now or logged_at < diary.person.observer.joined_at
        if too_late or len(diary.deeds) >= MOST_A_DAY or not diary.may_hold(action):
            return False
        picture = self._picture(action)
        quantity = self._quantity(action)
        month = self._months.setdefault(_month(diary, action), [])
        counted = count(
            action,
            quantity,
            diary.totals,
            has_evidence=picture is not None,
            left=diary.left,
            left_kg=diary.left_kg,
            month=month,
        )
        if counted.points == 0:
            return False
        diary.deeds.append(self._deed(diary.person, action, counted, logged_at, picture))
        if picture is None:
            diary.left -= counted.points
            diary.left_kg -= counted.avoided_kg_co2e or 0
        month.append(quantity)
        return True

    def _picture(self, action: Action) -> Picture | None:
        _, share = _habits()[action.code]
        if not self._dice.happens(share):
            return None
        return self._album.of_action(str(action.group), self._dice)

    def _quantity(self, action: Action) -> Decimal:
        weights = {choice: FALLING**place for place, choice in enumerate(action.choices)}
        return max(self._dice.pick(weights), action.portion)

    def _deed(
        self,
        person: Person,
        action: Action,
        counted: Count,
        logged_at: datetime,
        picture: Picture | None,
    ) -> Deed:
        dice = self._dice
        upload = _upload(picture, person, logged_at, dice) if picture else None
        entry = ActionEntry(
            action_entry_id=dice.id_at(logged_at),
            observer_id=person.observer.observer_id,
            action_code=action.code,
            action_version=action.version,
            activity_data=counted.quantity,
            unit=action.unit,
            saving_factor=action.factor.saving if action.factor else None,
            avoided_kg_co2e=counted.avoided_kg_co2e,
            full_points=counted.full_points,
            points=counted.points,
            done_on=day_of(logged_at),
            upload_id=upload.upload_id if upload else None,
            photo_sha256=upload.sha256 if upload else None,
            note=dice.choice(phrases("action_note")) if dice.happens(WITH_NOTE) else "",
            logged_at=logged_at,
            is_demo=True,
        )
        return Deed(entry, upload)


def _month(diary: Diary, action: Action) -> tuple[UUID, str, date]:
    return diary.person.observer.observer_id, action.code, diary.day.replace(day=1)


def _upload(picture: Picture, person: Person, moment: datetime, dice: Dice) -> Upload:
    return Upload(
        upload_id=dice.id_at(moment),
        device_id=person.device_id,
        sha256=picture.sha256,
        perceptual_hash=picture.picture_hash,
        media_type="image/jpeg",
        width=picture.width,
        height=picture.height,
        byte_count=picture.byte_count,
        uploaded_at=moment,
    )


def deeds(
    doers: ActionMaker, people: Sequence[Person], days: dict[date, float], dice: Dice
) -> list[Deed]:
    """All 8,000 actions, the earliest first."""
    keen = WeightedChoice({number: person.keenness**0.7 for number, person in enumerate(people)})
    calendar = WeightedChoice(days)
    diaries: dict[tuple[int, date], Diary] = {}
    count = 0
    while count < ACTIONS:
        number, day = keen.pick(dice), calendar.pick(dice)
        diary = diaries.setdefault((number, day), Diary(people[number], day))
        count += doers.log(diary)
    entries = [deed for diary in diaries.values() for deed in diary.deeds]
    return sorted(entries, key=lambda deed: deed.entry.logged_at)
