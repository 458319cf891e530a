"""Whether a row says that something was seen: presence is said, never assumed of an unknown word.

A row of an absence (`absent`, `notDetected`, a count of 0) is no sighting and no mistake.
"""

from collections.abc import Mapping

from observations.exchange.survey_file.problems import RowProblem
from observations.exchange.survey_file.words import is_one_of
from observations.taxa.amounts import amount_of

QUANTITIES = ("individualCount", "organismQuantity")
UNUSUAL = frozenset(("occurrenceStatus", "organismQuantity"))


class KnownAbsence(Exception):
    """A row that says that nothing was seen."""


def check_presence(cells: Mapping[str, str]) -> None:
    """Let pass a row of something that was seen.

    Raises `KnownAbsence`, and `RowProblem`: `presence_unknown`, `presence_contradicted` (a status
    that the count contradicts).
    """
    if UNUSUAL.isdisjoint(cells):
        if "individualCount" in cells and amount_of(cells["individualCount"]) == 0:
            raise KnownAbsence
        return
    status = cells.get("occurrenceStatus", "")
    amounts = [amount_of(cells[term]) for term in QUANTITIES if cells.get(term)]
    is_absent = bool(status) and is_one_of(status, "absent")
    if status and not is_absent and not is_one_of(status, "present"):
        raise RowProblem("presence_unknown", value=status[:40])
    is_none, is_some = 0 in amounts, any(amount and amount > 0 for amount in amounts)
    if (is_absent and is_some) or (is_none and (is_some or status and not is_absent)):
        raise RowProblem("presence_contradicted", value=status[:40] or "0")
    if is_absent or is_none:
        raise KnownAbsence
