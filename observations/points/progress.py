"""Progress: how much more somebody earned than in their own best period of before.

Against the best and not the last: who rests every other month would be the most improved in each
that they do not. At most twice the best counts, so that a tiny one in between wins nothing.
"""

from collections.abc import Iterable

EARLIER_PERIODS = 2
"""So many earlier periods with points it takes: a new profile is compared from its third on."""
YEARS, YEARS_OF_YEARS = 1, 4
"""How far back the best is looked for: a year, and four where years are compared."""


def progress(points: int, earlier: Iterable[int]) -> int:
    """The gain of a period with `points` over the best of the `earlier` ones within look-back.

    The block `renew_gains` and the view `ledger_gain` compute the same.
    """
    active = [one for one in earlier if one > 0]
    if len(active) < EARLIER_PERIODS:
        return 0
    return max(min(points - max(active), max(active)), 0)
