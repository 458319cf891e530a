"""The demo's own sign-in: offered by `make run` only, and a reason for production to refuse."""

from datetime import datetime

from observations.base.errors import Refused
from observations.base.roles import Role
from observations.people.signing_in import add_staff
from observations.people.store import Store

DEMO_USERNAME = "demo"
DEMO_PASSWORD = "green-traces-demo"  # public on purpose: a store with it never serves the public


def offer_demo_sign_in(store: Store, now: datetime) -> None:
    """Make the demo's member of staff, who may do everything, where it is not there yet."""
    if store.people.count_demo_staff():
        return
    try:
        add_staff(store, DEMO_USERNAME, DEMO_PASSWORD, Role.ADMIN, now, is_demo=True)
    except Refused as refusal:
        if refusal.code != "staff.name_taken":
            raise
