"""The page of survey datasets: look, import, withdraw."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.roles import Person, Role
from observations.exchange.survey_import import ImportOptions, import_survey
from pages.parts import runtime
from tests.support.site import Site
from tests.support.survey_files import HERON, csv_file

PAGE = "desk/datasets/page.py"


def words(page: AppTest) -> str:
    """What stands on the page as our own markup."""
    return " ".join(element.body for element in page.get("html"))


def test_it_is_for_administrators(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.VERIFIER)

    with pytest.raises(ValueError, match=r"page|Page"):
        site.open(PAGE)


def test_an_empty_one_says_what_a_file_looks_like(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    assert not page.exception
    assert "还没有数据集" in words(page)


def test_a_file_is_looked_at_then_imported_then_withdrawn(site: Site, tmp_path: Path) -> None:
    site.arrive()
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    data = csv_file(tmp_path, [HERON, ["", *HERON[1:]]]).read_bytes()
    page.file_uploader(key="dataset_file").set_value(("survey.csv", data, "text/csv")).run()
    page.button(key="dataset_look").click().run()
    assert not page.exception
    told = words(page)
    assert re.findall(r'class="g-num">([0-9,]+)<', told) == ["1", "0", "0", "1"]
    assert 'data-head="第几行">3<' in told and "没有编号" in told
    assert not any(button.key == "dataset_import" for button in page.button)
    page.checkbox(key="dataset_skip").check().run()
    page.button(key="dataset_look").click().run()
    page.button(key="dataset_import").click().run()
    assert [dataset.record_count for dataset in runtime.store().datasets.datasets()] == [1]
    assert "数据集 survey 已导入" in words(page)


def test_a_dataset_is_taken_back_whole(site: Site, tmp_path: Path) -> None:
    site.arrive()
    site.sign_in(Role.ADMIN)
    store = runtime.store()
    person = Person(role=Role.ADMIN)
    import_survey(store, csv_file(tmp_path), ImportOptions(), person, datetime.now(UTC))
    page = site.open(PAGE)
    dataset = store.datasets.datasets()[0]
    page.button(key=f"withdraw_{dataset.dataset_id.hex}").click().run()
    assert store.datasets.datasets() == []
    assert "已整个撤下" in words(page)


def test_a_broken_file_is_said_and_nothing_changes(site: Site) -> None:
    site.arrive()
    site.sign_in(Role.ADMIN)
    page = site.open(PAGE)
    page.file_uploader(key="dataset_file").set_value(("a.zip", b"broken", "application/zip")).run()
    page.button(key="dataset_look").click().run()
    assert "坏了" in words(page)
