"""What people say of others' sightings."""

from datetime import datetime
from uuid import UUID

from db.ask import Room
from db.taxa import taxon_of_row
from observations.base.ids import new_id
from observations.occurrences.community.voices import Certainty, Contribution, Opinion, Said


class Community(Room):
    """Fulfils `observations.occurrences.community.store`."""

    name = "community"

    def voices(self, occurrence_id: UUID, now: datetime) -> list[Said]:
        """What each person says of a sighting, its observer first."""
        return [
            Said(who, taxon_of_row(taxon), Certainty(certainty), is_observers, own, helped)
            for who, certainty, is_observers, own, helped, *taxon in self._ask(
                "voices", occurrence_id=occurrence_id, now=now
            )
        ]

    def said_by(self, observer_id: UUID) -> list[Contribution]:
        """Everything that one person said, the newest first."""
        return [Contribution(*row) for row in self._ask("said_by", observer_id=observer_id)]

    def say(self, occurrence_id: UUID, observer_id: UUID, opinion: Opinion, now: datetime) -> None:
        """Add what somebody says; it takes the place of what they said before."""
        self._ask(
            "say",
            community_identification_id=new_id(now),
            occurrence_id=occurrence_id,
            observer_id=observer_id,
            taxon_id=opinion.taxon_id,
            certainty=str(opinion.certainty),
            said_at=now,
        )
