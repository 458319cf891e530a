"""The demo's staff account: made by `make run` only, and refused by a production server."""

from datetime import datetime

from observations.base.errors import Refused
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import add_account
from observations.people.store import Store

DEMO_USERNAME = "demo"
DEMO_PASSWORD = "green-traces-demo"  # public: a production server refuses to start with it


def offer_demo_sign_in(store: Store, now: datetime) -> None:
    """Add the demo's member of staff, who may do everything, where it is missing."""
    if store.people.count_demo_staff():
        return
    try:
        add_account(store, OPERATOR, DEMO_USERNAME, DEMO_PASSWORD, Role.ADMIN, now, is_demo=True)
    except Refused as refusal:
        if refusal.code != "staff.name_taken":
            raise
