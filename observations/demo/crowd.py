"""The demo's observers: invented, some more active than others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observations.demo.dice import Dice
from observations.people.consent import CONSENT_VERSION, Consent, PhotoLicence
from observations.people.observer import ELSEWHERE, Observer, nicknames
from observations.places.districts import DISTRICTS

CROWD = 120
# The most active tenth makes half of all records (a Pareto distribution of that share).
KEENNESS_SHAPE = 1.4
KEENEST = 25.0
# People of the inner districts join more often.
EARLY_DISTRICTS = {"330106": 3.0, "330105": 1.5, "330102": 1.5, "330108": 1.5, "330112": 1.5}
LATEST_JOIN = 0.8


@dataclass(frozen=True, slots=True)
class Person:
    """An observer with their browser and their share of all activity."""

    observer: Observer
    device_id: UUID
    consent: Consent
    keenness: float

    @property
    def home(self) -> str | None:
        """The home district, if it is set."""
        home = self.observer.home_district
        return home if home in DISTRICTS else None


def crowd(dice: Dice, start: datetime, now: datetime) -> list[Person]:
    """All observers; they join one by one from `start` (aware) on."""
    names = dice.sample(nicknames(), CROWD)
    joined = sorted(start + (now - start) * LATEST_JOIN * dice.random() ** 2 for _ in names)
    return [_person(dice, name, moment) for name, moment in zip(names, joined, strict=True)]


def _person(dice: Dice, nickname: str, joined: datetime) -> Person:
    device_id = dice.random_id()
    agreed = joined - timedelta(seconds=40)
    licence = PhotoLicence.CC_BY if dice.happens(0.7) else PhotoLicence.ALL_RIGHTS_RESERVED
    observer = Observer(
        observer_id=dice.id_at(joined),
        nickname=nickname,
        home_district=_home(dice),
        on_boards=dice.pick({True: 0.6, False: 0.2, None: 0.2}),
        joined_at=joined,
        erased_at=None,
        is_demo=True,
    )
    return Person(
        observer=observer,
        device_id=device_id,
        consent=Consent(dice.id_at(agreed), device_id, CONSENT_VERSION, True, licence, agreed),
        keenness=min(dice.paretovariate(KEENNESS_SHAPE), KEENEST),
    )


def _home(dice: Dice) -> str | None:
    if dice.happens(0.06):
        return ELSEWHERE
    if dice.happens(0.05):
        return None
    return dice.pick(
        {
            code: district.population_2020 * EARLY_DISTRICTS.get(code, 1)
            for code, district in DISTRICTS.items()
        }
    )
