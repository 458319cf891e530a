"""The pages without a browser: Streamlit's AppTest, with cookies as the browser would send them."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Role
from observations.people.accounts import add_account
from observations.people.consent import CONSENT_VERSION, PhotoLicence
from observations.people.consenting import give_consent
from observations.people.signing_in import sign_in
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE, cookies_for
from pages.parts.wording import LANGUAGE_COOKIE

FRAME = Path(__file__).resolve().parents[2] / "pages" / "frame.py"
PATIENCE_S = 30
PASSWORD = "lake-ferry-osmanthus-42"


class Site:
    """`site.open("visit/me/page.py")` runs the frame and that page for the visitor.

    `site.cookies` is what the browser sends: nothing at first, as from a stranger.
    """

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.cookies: dict[str, str] = {}
        runtime.close()
        # AppTest has no browser, so Streamlit would see no cookies
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _context: self.cookies))

    def arrive(self, *, consents: bool = False) -> UUID:
        """Visit with a new browser, and consent if asked to; gives its id."""
        device_id = new_id()
        self.cookies |= {name: value for name, value, _ in cookies_for(device_id)}
        if consents:
            give = (CONSENT_VERSION, True, PhotoLicence.CC_BY, datetime.now(UTC))
            give_consent(runtime.store(), device_id, *give)
        return device_id

    def sign_in(self, role: Role = Role.VERIFIER, username: str = "周衡") -> None:
        """Sign in as a member of staff with a new account."""
        now = datetime.now(UTC)
        add_account(runtime.store(), OPERATOR, username, PASSWORD, role, now)
        self.cookies[STAFF_COOKIE] = sign_in(runtime.store(), username, PASSWORD, None, now)

    def speak(self, language: str) -> None:
        """Choose the language "zh" or "en"."""
        self.cookies[LANGUAGE_COOKIE] = language

    def open(self, page: str | None = None, **query: str) -> AppTest:
        """Run the frame, then `page` ("visit/me/page.py"; None: home) with this query."""
        test = AppTest.from_file(str(FRAME), default_timeout=PATIENCE_S)
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
        if page:
            test.switch_page(str(FRAME.parent / page)).run()
        return test

    def close(self) -> None:
        """Close the store that the pages opened."""
        runtime.close()
