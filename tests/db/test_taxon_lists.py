"""Lists of the staff, on both engines: tried, taken, taken again; and what they never do."""

import threading
from collections.abc import Sequence

import pytest

from db.opening import open_store
from db.seeding import read_seed, seed
from db.store import Store
from observations.base.errors import Refused
from observations.exchange.taxon_list import import_list, try_list
from observations.taxa.current import CurrentIndex
from observations.taxa.importing import Plan, RowProblem
from observations.taxa.names import NameStatus
from observations.taxa.taxon import Group, taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.cast import HE_QING, ZHOU_HENG
from tests.support.sightings import NOW, phone, record, said

HEAD = (
    "taxonID,scientificName,acceptedNameUsageID,acceptedNameUsage,taxonomicStatus,taxonRank,"
    "kingdom,phylum,class,order,family,vernacularName,nationalProtection,sensitiveCategory,"
    "sensitiveReason\n"
)
BIRD = "Animalia,Chordata,Aves,Passeriformes,Corvidae"
BLUE = f"1,Exempla caerulea Linnaeus,,,accepted,species,{BIRD},样例蓝鹊|样例鸟|Example Magpie,,,\n"
SYNONYM = "2,Corvus exemplus,1,,synonym,species,,,,,,,,,\n"
EXEMPLA = taxon_id_of("Exempla caerulea")


def file(*rows: str) -> bytes:
    return (HEAD + "".join(rows)).encode()


def take(store: Store, *rows: str) -> Plan:
    return import_list(store, HE_QING, "list.csv", file(*rows), NOW)


def names_found(store: Store, query: str) -> list[str]:
    return [one.taxon.scientific_name for one in CurrentIndex(store).find(query)]


def test_the_dry_run_counts_and_writes_nothing(store: Store) -> None:
    before = store.taxa.stamp()

    plan = try_list(store, HE_QING, "list.csv", file(BLUE, SYNONYM))

    assert (plan.new_taxa, plan.known_taxa, plan.new_names, plan.problems) == (1, 0, 2, [])
    assert plan.sample[0].vernacular_name == "样例蓝鹊"
    assert store.taxa.taxon(EXEMPLA) is None
    assert store.taxa.stamp() == before


def test_a_list_is_taken_with_its_synonyms_and_found_by_all_names(store: Store) -> None:
    take(store, SYNONYM, BLUE)  # the synonym before what it is one of

    taxon = store.taxa.taxon(EXEMPLA)
    assert taxon is not None
    assert (taxon.vernacular_name, taxon.english_name) == ("样例蓝鹊", "Example Magpie")
    assert (taxon.group, taxon.is_imported) == (Group.BIRD, True)
    assert taxon.scientific_name_authorship == "Linnaeus"
    for query in ("样例鸟", "yllq", "corvus ex", "example m", "Exempla caerulea"):
        assert names_found(store, query)[0] == "Exempla caerulea"


def test_the_same_list_twice_changes_nothing(store: Store) -> None:
    take(store, BLUE, SYNONYM)
    rows, names = store.taxa.all_taxa(), store.taxa.names_of([EXEMPLA])

    again = take(store, BLUE, SYNONYM)

    assert (again.new_taxa, again.known_taxa, again.new_names) == (0, 1, 0)
    assert (store.taxa.all_taxa(), store.taxa.names_of([EXEMPLA])) == (rows, names)


PROBLEMS = [
    ("3,,,,,,,,,,,,,,\n", RowProblem.NO_NAME),
    (f"3,Pica,,,,genus,{BIRD},鹊属,,,\n", RowProblem.NOT_A_SPECIES),
    (f"3,Exempla nova,,,,kingdom,{BIRD},新鹊,,,\n", RowProblem.NOT_A_SPECIES),
    (f"3,Exempla nova,,,,,{BIRD},New Magpie,,,\n", RowProblem.NO_CHINESE_NAME),
    (f"3,Exempla nova,,,,,{BIRD},新magpie,,,\n", RowProblem.WRONG_SCRIPT),
    (f"3,Exempla nova,,,,,{BIRD},Новая,,,\n", RowProblem.WRONG_SCRIPT),
    (f"3,Exempla nova,,,,,{BIRD},[鹊](javascript:x),,,\n", RowProblem.WRONG_SCRIPT),
    (f"3,Exempla nova,,,,,{BIRD},{'鹊' * 121},,,\n", RowProblem.TOO_LONG),
    ("3,Exempla nova,,,,,Animalia,,,,,新鹊,,,\n", RowProblem.NO_GROUP),
    (f"3,Exempla caerulea,,,,,{BIRD},新鹊,,,\n", RowProblem.TWICE),
    ("3,Exempla nova,99,,synonym,,,,,,,,,,\n", RowProblem.SYNONYM_OF_NOTHING),
    (f"3,Exempla nova,1,,whatever,,{BIRD},新鹊,,,\n", RowProblem.UNKNOWN_STATUS),
    (f"3,Exempla nova,,,,,{BIRD},新鹊,three,,\n", RowProblem.UNKNOWN_PROTECTION),
    (f"3,Exempla nova,,,,,{BIRD},新鹊,,2,\n", RowProblem.UNKNOWN_CATEGORY),
    (f"3,Exempla nova,,,,,{BIRD},新鹊,,7,collected\n", RowProblem.UNKNOWN_CATEGORY),
    ("3,Exempla nova\n", RowProblem.SHAPE),
]


@pytest.mark.parametrize(("row", "reason"), PROBLEMS, ids=lambda value: str(value)[:24])
def test_a_row_with_a_problem_is_left_out_and_named(
    duckdb_store: Store, row: str, reason: RowProblem
) -> None:
    plan = take(duckdb_store, BLUE, row)

    assert [(problem.line, problem.reason) for problem in plan.problems] == [(3, reason)]
    assert plan.new_taxa == 1


def test_the_checklists_own_taxa_only_gain_names(store: Store) -> None:
    serica = taxon_id_of("Pica serica")
    before = store.taxa.taxon(serica)

    plan = take(store, f"1,Pica serica,,,,,{BIRD},客鹊|喜鹊|Oriental Magpie|Town Pie,,0,\n")

    assert (plan.new_taxa, plan.known_taxa) == (0, 1)
    assert store.taxa.taxon(serica) == before
    assert {"客鹊", "Town Pie"} <= {name.name for name in store.taxa.names_of([serica])}


def test_a_name_that_is_a_synonym_here_makes_no_second_taxon(store: Store) -> None:
    plan = take(store, "1,Cinnamomum camphora (L.) J.Presl,,,,,Plantae,,,,Lauraceae,香樟|樟树,,,\n")

    assert (plan.new_taxa, plan.known_taxa) == (0, 1)
    assert store.taxa.taxon(taxon_id_of("Cinnamomum camphora")) is None
    assert names_found(store, "香樟") == ["Camphora officinarum"]


def test_a_synonym_of_a_taxon_that_is_here_needs_no_row_for_it(store: Store) -> None:
    take(store, "1,Pica pica sericea,,Pica serica Gould,synonym,,,,,,,,,,\n")

    names = {name.name: name.status for name in store.taxa.names_of([taxon_id_of("Pica serica")])}
    assert names["Pica pica sericea"] is NameStatus.SYNONYM


def test_traditional_characters_find_a_taxon_and_are_never_its_shown_name(store: Store) -> None:
    head = "scientificName,vernacularName,language,kingdom,class\n"
    rows = "Exempla caerulea,樣例鵲,zh-Hant,Animalia,Aves\n"
    plan = try_list(store, HE_QING, "list.csv", (head + rows).encode())

    assert [problem.reason for problem in plan.problems] == [RowProblem.NO_CHINESE_NAME]


def test_protection_brings_care_and_a_list_never_loosens_it(store: Store) -> None:
    protected = BLUE.replace(",,,\n", ",1,,\n")
    take(store, protected)
    first = store.taxa.taxon(EXEMPLA)
    take(store, BLUE.replace(",,,\n", ",,0,\n"))
    second = store.taxa.taxon(EXEMPLA)

    assert first is not None and second is not None
    assert (first.national_protection, first.sensitive_category) == (1, 2)
    assert second.sensitive_category == 2


def test_what_becomes_sensitive_leaves_its_exact_place_at_once(store: Store) -> None:
    take(store, BLUE)
    subject = record(store, phone(store), taxon_id=str(EXEMPLA))
    said(store, subject, Verdict.ACCEPT)
    assert [place[3] for place in store.map.public_places()] == [None]

    take(store, BLUE.replace("样例蓝鹊", "样例灰鹊").replace(",,,\n", ",2,,\n"))

    assert [place[3] for place in store.map.public_places()] == [100]
    assert store.broken_invariants() == {}  # the projection says so too


def test_only_who_may_manage_the_checklist_does(store: Store) -> None:
    for attempt in (try_list, lambda *given: import_list(*given, NOW)):
        with pytest.raises(Refused) as refused:
            attempt(store, ZHOU_HENG, "list.csv", file(BLUE))
        assert refused.value.code == "role.may_not"


def test_a_broken_write_leaves_nothing_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(done: int, total: int) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        import_list(store, HE_QING, "list.csv", file(BLUE, SYNONYM), NOW, fail)

    assert store.taxa.taxon(EXEMPLA) is None
    assert names_found(store, "样例鸟") == []


def test_progress_is_told_to_the_end(store: Store) -> None:
    told: list[tuple[int, int]] = []
    import_list(store, HE_QING, "x", file(BLUE, SYNONYM), NOW, lambda *at: told.append(at))

    assert told == [(1, 3), (3, 3)]


def test_another_process_finds_what_was_taken(postgresql_url: str) -> None:
    here, there = open_store(postgresql_url), open_store(postgresql_url)
    try:
        index = CurrentIndex(there)
        assert index.find("样例鸟") == []
        take(here, BLUE)
        assert [one.other_name for one in index.find("样例鸟")] == ["样例鸟"]
    finally:
        here.close()
        there.close()


def test_many_searches_at_once_build_one_index(duckdb_store: Store) -> None:
    index = CurrentIndex(duckdb_store)
    answers: list[Sequence[object]] = []

    def ask() -> None:
        answers.append(index.find("btb"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(answer) for answer in answers] == [1] * 8


def test_a_release_with_another_checklist_changes_what_is_public_too(store: Store) -> None:
    said(store, record(store, phone(store)), Verdict.ACCEPT)
    with store.transaction() as tx:
        tx.log.remember_checksum("taxa.csv", "an older release")
        [heron] = [t for t in tx.taxa.all_taxa() if t.scientific_name == "Nycticorax nycticorax"]
    assert heron.vernacular_name == "夜鹭"

    assert "taxa.csv" in seed(store)
    assert len(store.taxa.all_taxa()) == len(read_seed("taxa.csv"))
    assert store.broken_invariants() == {}
