"""What axe-core finds on a page, without what `docs/accessibility.md` excuses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.tour import settle
from tests.support.architecture import ROOT

ALL = {"resultTypes": ["violations"]}


@dataclass(frozen=True)
class Excused:
    """A violation that only upstream can mend: its rule, confined to a selector."""

    rule: str
    selector: str
    issue: str


def exceptions() -> list[Excused]:
    """The rows of the table in `docs/accessibility.md`."""
    text = (ROOT / "docs" / "accessibility.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \| (\S+) \|", text, re.MULTILINE)
    return [Excused(*row) for row in rows]


def violations(page: Page) -> Iterator[str]:
    """Violations of whatever impact on the page as it rests, one line a place."""
    settle(page)
    for violation in Axe().run(page, options=ALL).response["violations"]:
        for node in violation["nodes"]:
            where = " ".join(str(part) for part in node["target"])
            if not any(
                each.rule == violation["id"] and each.selector in where for each in exceptions()
            ):
                yield f"{violation['id']}: {where}: {node['html'][:200]}"
