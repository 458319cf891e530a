"""Half a year of sightings: who, where, when and what, by season and habitat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from observations.base.clock import day_of
from observations.demo.album import Album
from observations.demo.crowd import Person
from observations.demo.days import moment_on
from observations.demo.dice import Dice, WeightedChoice
from observations.demo.habits import likelihood
from observations.demo.phrases import phrases
from observations.demo.sites import Site, all_sites, point_in
from observations.occurrences.occurrence import Check, Upload
from observations.occurrences.report import (
    EstablishmentMeans,
    PlaceSource,
    ReportedPlace,
    SightingReport,
)
from observations.occurrences.report_checks import Surroundings, check_report
from observations.places.districts import DISTRICTS, district_of
from observations.taxa.taxon import Group, Taxon

SIGHTINGS = 3000
NEAR_HOME = 4.0
WITH_PHOTO = 0.94
UNNAMED, IN_WORDS, WRONGLY_NAMED = 0.05, 0.02, 0.03
PLANTED_WHERE = frozenset({"street", "park"})
# Hours of the day (Asia/Shanghai) at which each group is seen.
HOURS = {Group.BIRD: (5.5, 18.5), Group.AMPHIBIAN: (17.5, 22.5), Group.MAMMAL: (6, 21)}
DAYTIME = (7.5, 19.0)
# Mean number of individuals of groups that are seen in numbers.
FLOCKS = {"Anatidae": 9.0, "Laridae": 7.0, "Phalacrocoracidae": 6.0, "Sturnidae": 6.0}
SOURCES = {
    PlaceSource.EXIF: 0.55,
    PlaceSource.DEVICE: 0.3,
    PlaceSource.MAP: 0.1,
    PlaceSource.NAMED: 0.05,
}
UNCERTAINTY_M = {
    PlaceSource.EXIF: (4, 16),
    PlaceSource.DEVICE: (6, 70),
    PlaceSource.MAP: (40, 400),
}


@dataclass(frozen=True)
class Sighting:
    """One sighting of the demo as it was sent; `truth` is the taxon that the desk recognises."""

    report: SightingReport
    person: Person
    event_id: UUID
    public_id: UUID
    district: str | None
    submitted_at: datetime
    uploads: tuple[Upload, ...]
    checks: tuple[Check, ...]
    truth: Taxon


class Nature:
    """The taxa that can be seen, by place and month."""

    def __init__(self, taxa: Sequence[Taxon]) -> None:
        self._taxa = taxa
        self._wheels: dict[tuple[frozenset[str], int], WeightedChoice[Taxon]] = {}

    def met_at(self, site: Site, month: int, dice: Dice) -> Taxon:
        """A taxon that lives at the place in that month."""
        key = site.habitats, month
        if key not in self._wheels:
            self._wheels[key] = WeightedChoice({t: likelihood(t, *key) for t in self._taxa})
        return self._wheels[key].pick(dice)

    def taken_for(self, taxon: Taxon, dice: Dice) -> Taxon:
        """Another taxon of the same order, as a beginner's mistake; the same one if it is alone."""
        return dice.choice(self._by_order[taxon.taxon_order])

    @cached_property
    def _by_order(self) -> dict[str, list[Taxon]]:
        orders = dict.fromkeys(taxon.taxon_order for taxon in self._taxa)
        common = [t for t in self._taxa if not t.is_sensitive]
        return {
            order: [t for t in common if t.taxon_order == order]
            or [t for t in self._taxa if t.taxon_order == order]
            for order in orders
        }


class SightingMaker:
    """Makes the sightings of people who go out, one at a time."""

    def __init__(self, dice: Dice, nature: Nature, album: Album, now: datetime) -> None:
        self._dice, self._nature, self._album, self._now = dice, nature, album, now
        self._sites: dict[str | None, WeightedChoice[Site]] = {}

    def sighting(self, person: Person, day: date) -> Sighting | None:
        """A person's sighting on a day; None where its time would be later than now."""
        dice = self._dice
        site = self._site_for(person)
        truth = self._nature.met_at(site, day.month, dice)
        met_at = moment_on(day, dice, *HOURS.get(truth.group, DAYTIME))
        submitted = met_at + timedelta(seconds=int(dice.lognormvariate(6.0, 1.4)))
        if submitted >= self._now or met_at < person.observer.joined_at:
            return None
        uploads = self._uploads(person, truth, submitted)
        report = self._report(site, truth, met_at, submitted, uploads)
        district = district_of(report.place.latitude, report.place.longitude)
        code = district.code if district else None
        category = truth.sensitive_category if report.taxon_id == truth.taxon_id else None
        around = Surroundings(truth.group, category, code)
        checks = check_report(report, uploads, around, submitted)
        return Sighting(
            report=report,
            person=person,
            event_id=dice.id_at(submitted),
            public_id=dice.random_id(),
            district=code,
            submitted_at=submitted,
            uploads=uploads,
            checks=tuple(checks),
            truth=truth,
        )

    def _site_for(self, person: Person) -> Site:
        home = person.home
        if home not in self._sites:
            self._sites[home] = WeightedChoice(
                {s: s.weight * (NEAR_HOME if s.district == home else 1) for s in all_sites()}
            )
        return self._sites[home].pick(self._dice)

    def _uploads(self, person: Person, truth: Taxon, submitted: datetime) -> tuple[Upload, ...]:
        dice = self._dice
        if not dice.happens(WITH_PHOTO):
            return ()
        pictures = [self._album.of_taxon(truth, dice) for _ in range(min(dice.few(1.3), 3))]
        sent = submitted - timedelta(seconds=20)
        return tuple(
            Upload(
                upload_id=dice.id_at(sent),
                device_id=person.device_id,
                sha256=picture.sha256,
                perceptual_hash=picture.picture_hash,
                media_type="image/jpeg",
                width=picture.width,
                height=picture.height,
                byte_count=picture.byte_count,
                uploaded_at=sent,
            )
            for picture in dict.fromkeys(pictures)
            if picture
        )

    def _report(
        self,
        site: Site,
        truth: Taxon,
        met_at: datetime,
        submitted: datetime,
        uploads: Sequence[Upload],
    ) -> SightingReport:
        dice = self._dice
        taxon_id, words, group = self._name(truth, has_photo=bool(uploads))
        return SightingReport(
            occurrence_id=dice.id_at(submitted),
            photos=tuple(upload.upload_id for upload in uploads),
            event_date=met_at,
            is_time_known=dice.happens(0.97),
            place=self._place(site),
            taxon_id=taxon_id,
            verbatim_name=words,
            group=group,
            individual_count=self._count(truth),
            establishment_means=self._means(truth, site),
            note=dice.choice(phrases("note")) if dice.happens(0.12) else "",
            hides_exact_place=dice.happens(0.03),
        )

    def _name(self, truth: Taxon, *, has_photo: bool) -> tuple[UUID | None, str, Group | None]:
        """The observer's name for it: right, wrong, in their own words, or none."""
        dice = self._dice
        if dice.happens(IN_WORDS):
            return None, dice.choice(phrases("free")), truth.group
        if has_photo and dice.happens(UNNAMED):
            return None, "", truth.group
        wrong = dice.happens(WRONGLY_NAMED)
        named = self._nature.taken_for(truth, dice) if wrong else truth
        return named.taxon_id, "", None

    def _place(self, site: Site) -> ReportedPlace:
        dice = self._dice
        source = dice.pick(SOURCES)
        if source is PlaceSource.NAMED:
            middle = DISTRICTS[site.district]
            return ReportedPlace(
                middle.latitude, middle.longitude, middle.radius_m, source, middle.name_zh, "WGS-84"
            )
        latitude, longitude = point_in(site, dice)
        uncertainty = float(dice.randint(*UNCERTAINTY_M[source]))
        return ReportedPlace(latitude, longitude, uncertainty, source, site.name, "WGS-84")

    def _count(self, truth: Taxon) -> int | None:
        if truth.group in (Group.PLANT, Group.FUNGUS) or self._dice.happens(0.2):
            return None
        return self._dice.few(FLOCKS.get(truth.family, 1.6))

    def _means(self, truth: Taxon, site: Site) -> EstablishmentMeans | None:
        if truth.group is not Group.PLANT:
            return EstablishmentMeans.WILD if self._dice.happens(0.7) else None
        if truth.is_invasive or not site.habitats & PLANTED_WHERE:
            return EstablishmentMeans.WILD
        planted = self._dice.happens(0.65)
        return EstablishmentMeans.PLANTED_OR_CAPTIVE if planted else EstablishmentMeans.WILD


def sightings(
    walks: SightingMaker, people: Sequence[Person], days: dict[date, float], dice: Dice
) -> list[Sighting]:
    """All 3,000 sightings, the earliest sent first."""
    keen = WeightedChoice({number: person.keenness for number, person in enumerate(people)})
    calendar = WeightedChoice(days)
    walked: list[Sighting] = []
    while len(walked) < SIGHTINGS:
        person = people[keen.pick(dice)]
        day = calendar.pick(dice)
        if day >= day_of(person.observer.joined_at) and (one := walks.sighting(person, day)):
            walked.append(one)
    return sorted(walked, key=lambda sighting: sighting.submitted_at)
