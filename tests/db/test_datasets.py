"""Survey datasets on both engines: import, import again, withdraw, and what is public of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person, Role
from observations.exchange.survey_import import Findings, ImportOptions, dry_run, import_survey
from observations.exchange.survey_matching import rebuild_surveys
from observations.exchange.taxon_list import import_list
from observations.places.distance import metres_between
from observations.surveys.withdrawal import withdraw
from observations.taxa.taxon import taxon_id_of
from tests.support.store_rows import answer_of
from tests.support.survey_files import HERON, PHEASANT, PHOTOS, UNLISTED, archive, csv_file, meta

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
PUBLIC_ROWS = "select count(*) from released_survey_occurrence"
ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)


def imported(store: Store, path: Path, **options: object) -> Findings:
    return import_survey(store, path, ImportOptions(**options), ADMIN, NOW)  # type: ignore[arg-type]


def public(store: Store) -> list[dict[str, object]]:
    names = (
        "scientific_name, grid, dataset_id, decimal_latitude, decimal_longitude,"
        " coordinate_uncertainty_in_meters, first_day, last_day, public_id"
    )
    rows = store.datasets._fragment(
        f"select {names} from released_survey_occurrence order by scientific_name"
    )
    return [dict(zip(names.replace(" ", "").split(","), row, strict=True)) for row in rows]


def counts(findings: Findings) -> tuple[int, int, int, int]:
    return findings.new, findings.changed, findings.same, findings.gone


def test_a_dry_run_counts_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    findings = dry_run(store, csv_file(tmp_path), ImportOptions(), ADMIN, NOW)
    assert (findings.rows, findings.good, findings.rough, findings.unlisted) == (3, 3, 2, 1)
    assert [row.occurrence_id for row in findings.sample] == ["HZ-1", "HZ-2", "HZ-3"]
    assert (findings.first_day, findings.last_day) == (date(2022, 1, 1), date(2023, 5, 9))
    assert store.datasets.datasets() == [] and public(store) == []


@pytest.mark.parametrize("make", [csv_file, archive])
def test_what_is_imported_is_public_as_geoprivacy_asks(
    store: Store, tmp_path: Path, make: object
) -> None:
    imported(store, make(tmp_path))  # type: ignore[operator]
    beetle, heron, pheasant = public(store)
    assert (heron["grid"], heron["first_day"]) == (None, date(2023, 5, 9))
    assert (heron["decimal_latitude"], heron["decimal_longitude"]) == (30.2694, 120.0631)
    assert heron["dataset_id"] == store.datasets.datasets()[0].dataset_id
    assert (pheasant["grid"], beetle["grid"]) == (10, 10)
    assert (pheasant["first_day"], pheasant["last_day"]) == (date(2023, 4, 1), date(2023, 4, 30))
    assert pheasant["dataset_id"] is None
    assert metres_between(30.2, 119.4, 30.3, 119.5) <= float(
        str(pheasant["coordinate_uncertainty_in_meters"])
    )


def test_the_staff_may_vouch_for_names_outside_the_checklist(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path), rules_out_sensitive=True)
    assert [row["grid"] for row in public(store)] == [None, None, 10]


def test_category_1_is_nowhere(store: Store, tmp_path: Path) -> None:
    hidden = next(t for t in store.taxa.all_taxa() if t.sensitive_category == 1)
    findings = imported(store, csv_file(tmp_path, [["HZ-9", hidden.scientific_name, *HERON[2:]]]))
    assert (findings.good, public(store)) == (1, [])


def test_what_is_below_a_sensitive_species_is_as_sensitive(store: Store, tmp_path: Path) -> None:
    row = ["HZ-9", "Syrmaticus ellioti ellioti", *HERON[2:]]
    imported(store, csv_file(tmp_path, [row]), rules_out_sensitive=True)
    assert [one["grid"] for one in public(store)] == [10]


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path))
    before = public(store)
    assert counts(imported(store, csv_file(tmp_path))) == (0, 0, 3, 0)
    assert public(store) == before
    assert store.datasets.datasets()[0].record_count == 3


def test_a_later_file_updates_and_keeps_public_ids(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path))
    ids = {row["scientific_name"]: row["public_id"] for row in public(store)}
    moved = [HERON[0], HERON[1], "30.1", "120.1", "2023-05-10"]
    added = ["HZ-4", "Ardea alba", *HERON[2:]]
    findings = imported(store, csv_file(tmp_path, [moved, PHEASANT, added]))
    assert counts(findings) == (1, 1, 1, 1)
    rows = {row["scientific_name"]: row for row in public(store)}
    assert rows["Nycticorax nycticorax"]["decimal_latitude"] == 30.1
    assert {name: rows[name]["public_id"] for name in ids} == ids
    assert len(rows) == 4  # the beetle stays: the file was no replacement


def test_a_replacement_removes_what_the_file_no_longer_has(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path))
    findings = imported(store, csv_file(tmp_path, [HERON]), replaces=True)
    assert counts(findings) == (0, 0, 1, 2)
    assert [row["scientific_name"] for row in public(store)] == ["Nycticorax nycticorax"]


def test_a_dataset_is_withdrawn_whole(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path, name="one.csv"))
    imported(store, csv_file(tmp_path, [["X-1", *HERON[1:]]], name="two.csv"))
    assert withdraw(store, "one", ADMIN, NOW).record_count == 3
    assert [dataset.code for dataset in store.datasets.datasets()] == ["two"]
    assert len(public(store)) == 1
    with pytest.raises(Refused) as refused:
        withdraw(store, "one", ADMIN, NOW)
    assert refused.value.code == "dataset.unknown"


def test_bad_rows_are_named_and_stop_the_import(store: Store, tmp_path: Path) -> None:
    rows = [
        HERON,
        ["", *HERON[1:]],
        HERON,
        ["HZ-5", "Ardea alba", "120.0631", "30.2694", "2023-05-09"],
        ["HZ-6", "=HYPERLINK(1)", *HERON[2:]],
        ["HZ-7", "Ardea alba", "30.2", "120.1", "05/06/2023"],
        ["HZ-8", "Ardea alba", "north", "120.1", ""],
        ["HZ-9", "Ardea alba"],
    ]
    path = csv_file(tmp_path, rows)
    with pytest.raises(Refused) as refused:
        imported(store, path)
    assert (refused.value.code, refused.value.values["line"]) == ("dataset.problems", 3)
    assert store.datasets.datasets() == [] and public(store) == []
    findings = dry_run(store, path, ImportOptions(), ADMIN, NOW)
    assert [(p.line, p.code) for p in findings.problems.listed] == [
        (3, "no_id"),
        (4, "id_twice"),
        (5, "place_swapped"),
        (6, "formula"),
        (7, "date_unreadable"),
        (8, "place_unreadable"),
        (8, "no_date"),
        (9, "columns"),
    ]
    assert imported(store, path, skips_problems=True).dataset.record_count == 1


def test_a_file_without_a_good_row_is_refused(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [["A", "Ardea alba", "41.6", "-93.7", "2019-08-13"]])
    with pytest.raises(Refused) as refused:
        imported(store, path, skips_problems=True)
    assert refused.value.code == "dataset.nothing_good"


def test_an_orphan_row_of_an_extension_is_named(store: Store, tmp_path: Path) -> None:
    photos = "HZ-1,https://a/1.jpg\nHZ-99,https://a/2.jpg\n"
    path = archive(tmp_path, meta_xml=meta(PHOTOS), multimedia_csv=photos)
    findings = dry_run(store, path, ImportOptions(), ADMIN, NOW)
    assert [(p.line, p.code) for p in findings.problems.listed] == [(2, "orphan")]
    assert findings.good == 3


def test_an_id_of_another_dataset_is_refused(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path, name="one.csv"))
    findings = dry_run(store, csv_file(tmp_path, name="two.csv"), ImportOptions(), ADMIN, NOW)
    assert (findings.problems.counts["id_elsewhere"], findings.good) == (3, 0)


def test_chinese_columns_names_and_datum(store: Store, tmp_path: Path) -> None:
    header = ["编号", "中文名", "纬度", "经度", "坐标系", "日期", "数量"]
    row = ["甲1", "夜鹭", "30.267078", "120.067807", "GCJ-02", "2023年5月9日", "2"]
    findings = imported(store, csv_file(tmp_path, [row], header, "gb18030"))
    sample = findings.sample[0]
    assert sample.taxon_id == taxon_id_of("Nycticorax nycticorax")
    assert metres_between(sample.decimal_latitude, sample.decimal_longitude, 30.2694, 120.0631) < 60
    assert (sample.individual_count, sample.first_day) == (2, date(2023, 5, 9))


def test_a_name_that_comes_to_the_checklist_later_is_hidden_then(
    store: Store, tmp_path: Path
) -> None:
    imported(store, csv_file(tmp_path, [UNLISTED]), rules_out_sensitive=True)
    assert [row["grid"] for row in public(store)] == [None]
    pheasant = next(t for t in store.taxa.all_taxa() if t.scientific_name == "Syrmaticus ellioti")
    beetle = replace(
        pheasant,
        taxon_id=taxon_id_of("Nicrophorus concolor"),
        scientific_name="Nicrophorus concolor",
    )
    with store.transaction() as tx:
        tx.taxa.put_taxa([*tx.taxa.all_taxa(), beetle])
    assert rebuild_surveys(store) == 1
    assert [row["grid"] for row in public(store)] == [10]


def test_only_administrators_may(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path)
    for person in (NOBODY, Person(role=Role.VERIFIER)):
        for ask in (
            lambda who: dry_run(store, path, ImportOptions(), who, NOW),
            lambda who: import_survey(store, path, ImportOptions(), who, NOW),
            lambda who: withdraw(store, "survey", who, NOW),
        ):
            with pytest.raises(Refused) as refused:
                ask(person)
            assert refused.value.code == "role.may_not"


def test_more_rows_than_a_batch_holds(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("observations.exchange.survey_import.BATCH", 7)
    rows = [[f"HZ-{k}", *HERON[1:]] for k in range(30)]
    steps: list[tuple[str, int, int]] = []
    report = lambda *step: steps.append(step)  # noqa: E731
    import_survey(store, csv_file(tmp_path, rows), ImportOptions(), ADMIN, NOW, report)
    assert answer_of(store, PUBLIC_ROWS) == 30
    assert steps[-2:] == [("write", 30, 30), ("publish", 30, 30)]
    assert counts(imported(store, csv_file(tmp_path, rows[:20]), replaces=True)) == (0, 0, 20, 10)
    assert answer_of(store, PUBLIC_ROWS) == 20


def test_what_fails_half_way_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(BaseException):
        """As a killed session."""

    def stop(what: str, _done: int, _total: int) -> None:
        if what == "publish":
            raise Stopped

    with pytest.raises(Stopped):
        import_survey(store, csv_file(tmp_path), ImportOptions(), ADMIN, NOW, stop)
    assert store.datasets.datasets() == [] and public(store) == []


def test_ids_say_nothing_of_the_file(store: Store, tmp_path: Path) -> None:
    imported(store, csv_file(tmp_path))
    assert all(UUID(str(row["public_id"])).version == 4 for row in public(store))


HEAD = "scientificName,taxonomicStatus,acceptedNameUsage,kingdom,phylum,class,order,vernacularName"
ELSEWHERE = ["HZ-7", "Exempla secreta australis", "30.31", "120.11", "2023-05-09"]


def listed(store: Store, *rows: str, sensitive: int | None = 2) -> None:
    """Take a list with one secret bird, and these rows more, into the checklist."""
    bird = "Exempla secreta,accepted,,Animalia,Chordata,Aves,Passeriformes,样例秘鸟"
    head = f"{HEAD},sensitiveCategory,sensitiveReason\n"
    text = head + f"{bird},{sensitive or ''},{'collected' if sensitive else ''}\n" + "".join(rows)
    plan = import_list(store, ADMIN, "list.csv", text.encode(), NOW)
    assert plan.problems == []


def test_a_list_taken_later_hides_the_survey_rows_of_its_names(
    store: Store, tmp_path: Path
) -> None:
    """By the name itself, by an old name, and below the species."""
    old, own = ["HZ-8", "Vetus nomen", *ELSEWHERE[2:]], ["HZ-9", "Exempla secreta", *ELSEWHERE[2:]]
    path = csv_file(tmp_path, [HERON, ELSEWHERE, old, own])
    imported(store, path, rules_out_sensitive=True)
    assert [row["grid"] for row in public(store)] == [None] * 4
    ids = {row["public_id"] for row in public(store)}
    listed(store, "Vetus nomen,synonym,Exempla secreta,,,,,,,\n")
    rows = public(store)
    assert [(row["scientific_name"], row["grid"]) for row in rows] == [
        *[("Exempla secreta", 10)] * 3,
        ("Nycticorax nycticorax", None),
    ]
    assert {row["public_id"] for row in rows} == ids
    assert {row["dataset_id"] for row in rows[:3]} == {None}
    again = imported(store, path, rules_out_sensitive=True)
    assert (again.new, again.gone, len(public(store))) == (0, 0, 4)


def test_a_bird_that_becomes_sensitive_is_hidden_in_the_surveys_too(
    store: Store, tmp_path: Path
) -> None:
    listed(store, sensitive=None)
    imported(store, csv_file(tmp_path, [["HZ-9", "Exempla secreta", *ELSEWHERE[2:]]]))
    assert [row["grid"] for row in public(store)] == [None]
    listed(store)
    assert [row["grid"] for row in public(store)] == [10]
