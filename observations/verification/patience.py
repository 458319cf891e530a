"""How long a question of the desk waits for its answer."""

from datetime import date, datetime, timedelta

from observations.base.clock import day_of

PATIENCE = timedelta(days=14)


def answer_by(asked_at: datetime) -> date:
    """The last day (Asia/Shanghai) to answer what was asked then; `asked_at` is aware."""
    return day_of(asked_at + PATIENCE)
