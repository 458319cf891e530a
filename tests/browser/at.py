"""`python -m tests.browser.at MOMENT MODULE …`: run a module whose clock began to go at MOMENT.

Then the demo is the same whenever it is filled, and its pages say the same days. The clock goes by
whole minutes, so that two fillings begin at the same moment.
"""

import runpy
import sys
import time
from datetime import datetime, timedelta, tzinfo

from observations.base import clock

STARTED = time.monotonic()


class Since:
    """In the place of `datetime` in the clock's module: its `now` is counted from a moment."""

    moment: datetime

    def __new__(cls, *parts: int, tzinfo: tzinfo | None = None) -> datetime:  # type: ignore[misc]
        """A datetime of these parts, as ever."""
        return datetime(*parts, tzinfo=tzinfo)  # type: ignore[arg-type, misc]  # noqa: DTZ001

    @classmethod
    def now(cls, zone: tzinfo) -> datetime:
        """The moment and the minutes that have passed since this process began."""
        minutes = timedelta(minutes=(time.monotonic() - STARTED) // 60)
        return (cls.moment + minutes).astimezone(zone)


def main(moment: str, module: str) -> None:
    """Run the module as `python -m` does, with the arguments that are left."""
    Since.moment = datetime.fromisoformat(moment)
    clock.datetime = Since  # type: ignore[misc, assignment]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _, moment, module, *rest = sys.argv
    sys.argv = [module, *rest]
    main(moment, module)
