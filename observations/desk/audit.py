"""The blind audit of a rule: some of what it would accept goes to a verifier like anything else.

Nobody is told that a rule would have accepted it, so the verifier decides by the record alone; nor
is it public before.
"""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from observations.desk.rule import Rate

FIRST, FIRST_SHARE, SHARE = 200, 0.25, 0.05
WINDOW = 20
"""So many audited sightings are enough to switch off a rule that is over its limit."""


def is_audited(rule_id: UUID, subject_id: UUID, earlier: int) -> bool:
    """Whether a sighting is one of the sample, where the rule has met so many `earlier`.

    Of the first 200 a quarter, then a twentieth; by chance, and the same in every process.
    """
    share = FIRST_SHARE if earlier < FIRST else SHARE
    digest = hashlib.blake2b(rule_id.bytes + subject_id.bytes, digest_size=8).digest()
    return int.from_bytes(digest, "big") < share * 2**64


def is_over(outcomes: Sequence[bool], limit: float) -> bool:
    """Whether a rule has to end; `outcomes`, the oldest first, say whether each audited was wrong.

    It does where more of all were wrong than the limit allows, the first 20 being taken for 20;
    and where the latest 20 are surely over it, though there were good times before.
    """
    if sum(outcomes) > limit * max(len(outcomes), WINDOW):
        return True
    latest = outcomes[-WINDOW:]
    return len(latest) == WINDOW and Rate(sum(latest), WINDOW).interval[0] > limit
