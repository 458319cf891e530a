"""The house stands as `docs/architecture.md` draws it; and each rule can fail."""

from collections.abc import Callable, Iterator

import pytest

from db.migrating import FOLDER
from tests.support.architecture import RULES, STOREYS, Source, circle, scripts, sources

Rule = Callable[[Source], Iterator[str]]
BY_NAME = {rule.__name__: rule for rule in RULES}
TREE = sources()

LONG_FUNCTION = "def f() -> None:\n" + "    pass\n" * 30
BROKEN = [
    ("arrows_between_floors", "observations/points/awarding.py", "import streamlit as st"),
    ("arrows_between_floors", "observations/points/awarding.py", "from db import open_store"),
    ("arrows_between_floors", "db/points.py", "import streamlit"),
    ("arrows_between_floors", "db/points.py", "from pages.parts import runtime"),
    ("arrows_between_floors", "pages/visit/me/page.py", "import duckdb"),
    ("arrows_between_floors", "app.py", "from observations.points import awarding"),
    ("arrows_within_pages", "pages/parts/cards.py", "from pages.visit.me import page"),
    ("arrows_within_pages", "pages/visit/me/page.py", "from pages.desk import verify"),
    ("arrows_within_pages", "pages/api/media.py", "import pages.visit.me.page"),
    ("arrows_within_pages", "pages/api/media.py", "from pages.shell import language"),
    ("arrows_within_pages", "pages/shell/index.py", "from pages.visit.me import words"),
    ("arrows_within_pages", "pages/visit/me/page.py", "from pages.visit.map import choice"),
    ("arrows_within_pages", "pages/visit/me/page.py", "from pages.shell import index"),
    ("arrows_within_pages", "pages/frame.py", "from pages.api import taxa"),
    ("arrows_within_pages", "app.py", "from pages.api import taxa"),
    ("arrows_within_pages", "app.py", "from pages.visit.home import sections"),
    (
        "rooms_look_down",
        "observations/points/a.py",
        "from observations.occurrences import deciding",
    ),
    (
        "rooms_look_down",
        "observations/actions/a.py",
        "from observations.occurrences import deciding",
    ),
    ("rooms_look_down", "observations/log/a.py", "import observations.points.awarding"),
    ("rooms_look_down", "observations/base/a.py", "from observations.log import entries"),
    ("rooms_look_down", "observations/festivals/a.py", "from observations.map import spots"),
    ("rooms_look_down", "observations/points/a.py", "from observations.attic import x"),
    ("rooms_look_down", "observations/attic/a.py", "import math"),
    ("full_names_only", "pages/visit/me/page.py", "from . import home"),
    ("full_names_only", "pages/visit/me/page.py", "from parts.runtime import store"),
    ("full_names_only", "pages/visit/me/page.py", "import desk.verify"),
    ("only_the_frame_in_pages", "pages/verify.py", ""),
    ("one_opener", "pages/visit/me/page.py", "from db.opening import open_store"),
    ("one_opener", "pages/parts/session.py", "import db"),
    ("one_opener", "observations/commands/executing.py", "import db"),
    ("one_reader_of_the_environment", "pages/parts/runtime.py", "import os\nos.environ['X']"),
    ("one_reader_of_the_environment", "db/files.py", "from os import getenv"),
    ("telling_names", "pages/parts/utils.py", ""),
    ("telling_names", "observations/common/taxa.py", ""),
    ("no_participles_as_names", "db/a.py", LONG_FUNCTION + "    found = 1"),
    ("no_participles_as_names", "db/a.py", LONG_FUNCTION.replace("()", "(given: int)")),
    ("short_files", "observations/points/a.py", "x = 1\n" * 400),
    ("short_files", "pages/visit/me/page.py", "x = 1\n" * 60),
    ("short_files", "pages/parts/cards.py", LONG_FUNCTION),
    ("first_screens_without_streamlit", "pages/visit/me/first.py", "import streamlit as st"),
    ("first_screens_without_streamlit", "pages/visit/me/first.py", "cards.show(cards.title(1))"),
    (
        "nothing_drawn_in_a_transaction",
        "pages/parts/forms.py",
        "with store().transaction() as tx:\n    st.write(tx.points.balance())",
    ),
]
SOUND = [
    (
        "pages/visit/me/page.py",
        "from observations.points import standings\nfrom pages.parts import cards",
    ),
    ("pages/visit/map/page.py", "from pages.visit.map import choice"),
    ("pages/shell/routes.py", "from pages.api import taxa\nfrom pages.parts import site"),
    ("app.py", "from pages.shell.routes import routes\nfrom pages.visit.home import first"),
    ("pages/parts/runtime.py", "from db.opening import open_store"),
    ("observations/__main__.py", "from db.opening import open_store"),
    ("observations/exchange/out.py", "from observations.surveys import datasets"),
    ("db/points.py", "import duckdb\nfrom observations.points.postings import Posting"),
    ("db/points.py", "def f() -> int:\n    found = 1\n    return found"),
    ("pages/desk/verify/page.py", "with st.form('x'):\n    st.write(1)"),
    (
        "observations/points/a.py",
        "from observations.points import postings\nfrom observations.base import ids",
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule) -> None:
    complaints = [complaint for source in TREE for complaint in rule(source)]

    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_the_rule_can_fail(rule: str, path: str, text: str) -> None:
    assert list(BY_NAME[rule](Source(path, text)))


@pytest.mark.parametrize(("path", "text"), SOUND)
def test_what_is_allowed_passes_every_rule(path: str, text: str) -> None:
    assert [complaint for rule in RULES for complaint in rule(Source(path, text))] == []


def test_every_rule_has_a_proof_that_it_can_fail() -> None:
    assert {rule for rule, _, _ in BROKEN} == set(BY_NAME)


def test_no_imports_of_the_house_go_in_a_circle() -> None:
    assert circle(TREE) == []
    assert circle(scripts()) == []


@pytest.mark.parametrize(
    "texts",
    [
        {"db/a.py": "from db.b import B", "db/b.py": "import db.a"},
        {
            "db/a.py": "from db import b",
            "db/b.py": "if TYPE_CHECKING:\n    from db.c import C",
            "db/c.py": "def f():\n    from db.a import A",
        },
        {
            "assets/a/a.js": 'import { b } from "../b/b.js";',
            "assets/b/b.js": 'const a = await import("../a/a.js");',
        },
    ],
)
def test_a_circle_is_found(texts: dict[str, str]) -> None:
    files = [Source(path, text) for path, text in texts.items()]

    assert set(circle(files)) == set(texts)
    assert circle(files[1:]) == []


def test_no_room_stands_on_two_storeys() -> None:
    rooms = [room for storey in STOREYS for room in storey]

    assert len(rooms) == len(set(rooms))


def test_no_two_migrations_have_one_number() -> None:
    numbers = [file.name[:4] for file in FOLDER.glob("*.sql")]

    assert len(numbers) == len(set(numbers)) > 0
