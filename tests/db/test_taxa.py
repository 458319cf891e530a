"""The checklist in both stores: loaded at start, brought up to date, never taken away."""

from dataclasses import replace

from db.seeding import read_seed
from db.store import Store
from db.taxa import taxon_of_seed
from observations.taxa.taxon import Group, Taxon, taxon_id_of


def checklist() -> list[Taxon]:
    return [taxon_of_seed(row) for row in read_seed("taxa.csv")]


def test_a_new_store_holds_the_whole_checklist_in_its_order(store: Store) -> None:
    assert store.taxa.all_taxa() == checklist()


def test_one_taxon_is_found_by_its_id_and_an_unknown_one_is_none(store: Store) -> None:
    bulbul = store.taxa.taxon(taxon_id_of("Pycnonotus sinensis"))

    assert bulbul is not None
    assert (bulbul.vernacular_name, bulbul.group) == ("白头鹎", Group.BIRD)
    assert store.taxa.taxon(taxon_id_of("Nessiteras rhombopteryx")) is None


def test_loading_again_brings_a_row_up_to_date_and_removes_none(store: Store) -> None:
    first = checklist()[0]

    with store.transaction() as tx:
        tx.taxa.put_taxa([replace(first, english_name="Ring-necked Pheasant", tier=2)])

    again = store.taxa.taxon(first.taxon_id)
    assert again is not None
    assert (again.english_name, again.tier) == ("Ring-necked Pheasant", 2)
    assert len(store.taxa.all_taxa()) == len(checklist())


def test_every_seed_row_has_two_names_and_the_id_of_its_scientific_name() -> None:
    taxa = checklist()

    assert len({taxon.taxon_id for taxon in taxa}) == len(taxa) > 640
    assert all(taxon.vernacular_name and taxon.scientific_name for taxon in taxa)
    assert all(taxon.genus == taxon.scientific_name.split()[0] for taxon in taxa)


def test_what_has_a_category_has_a_reason_and_the_other_way_round() -> None:
    assert all(
        (taxon.sensitive_category is None) == (taxon.sensitive_reason is None)
        for taxon in checklist()
    )


def test_the_salamander_with_a_few_pools_left_is_withheld_whole() -> None:
    [salamander] = [t for t in checklist() if t.scientific_name == "Hynobius amjiensis"]

    assert salamander.sensitive_category == 1


def test_the_duck_everyone_watches_on_west_lake_is_shown_exactly() -> None:
    [mandarin] = [t for t in checklist() if t.scientific_name == "Aix galericulata"]

    assert mandarin.national_protection == 2
    assert not mandarin.is_sensitive
