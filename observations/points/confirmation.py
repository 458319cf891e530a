"""Confirmed people, whom alone the boards of districts count.

A profile is a browser's, and one person can have twenty. What cannot be had twenty times in an
evening is something that staff accepted, a code from somebody on site, or days.
"""

from dataclasses import dataclass

DAYS = 7
"""So many different days with points confirm a person without any proof."""
RANKED_FROM = 5
"""So many confirmed people a district needs for a rank."""


@dataclass(frozen=True)
class Confirmation:
    """What confirms a person: points on `days` different days, or something with proof.

    `has_proof`: staff accepted a sighting or a photo of theirs, or a code on site paid them.
    """

    days: int = 0
    has_proof: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether the boards of districts count the person."""
        return self.has_proof or self.days >= DAYS
