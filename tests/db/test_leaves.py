"""Species are counted by the leaf rule, by the domain and by storage alike."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.exchange.taxon_list import import_list
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.festivals.result import result
from observations.map.around import around
from observations.map.exploring import Filters
from observations.places.districts import DISTRICTS
from observations.taxa.leaves import counted_as, species_count
from observations.taxa.taxon import Taxon, taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.sightings import NOW, observer_of, phone, record, said

if TYPE_CHECKING:
    from db.store import Store

STAFF = Person(staff_id=new_id(), role=Role.ADMIN)
HEAD = "scientificName,taxonRank,kingdom,class,order,family,vernacularName\n"
BIRD = "Animalia,Aves,Anseriformes,Anatidae"
ROWS = [
    ("Exempla sp.", "样例鸭属"),
    ("Exempla alba", "白样例鸭"),
    ("Exempla alba var. minor", "小白样例鸭"),
    ("Exempla nigra", "黑样例鸭"),
    ("Sola sp.", "独样例鸭属"),
]
SPECIES = 3  # white, black, and the genus of which nothing else is there
NAMES = [
    (["Anas platyrhynchos", "Anas crecca"], 2),
    (["Anas sp", "Anas platyrhynchos", "Anas crecca"], 2),
    (["Anas sp"], 1),
    (["Anas sp", "Anas spp."], 1),
    (["Anas sp", "Aix galericulata"], 2),
    (["Pueraria montana", "Pueraria montana var. lobata"], 1),
    (["Pueraria montana var. lobata", "Pueraria montana var. thomsonii"], 1),
    (["Photinia × fraseri", "Photinia serratifolia"], 2),
    (["Photinia × fraseri", "Photinia fraseri"], 1),
    (["Anas"], 1),
    ([], 0),
]


def taxon(store: "Store", name: str) -> Taxon:
    like = store.taxa.all_taxa()[0]
    return replace(like, taxon_id=taxon_id_of(name), scientific_name=name)


@pytest.mark.parametrize(("names", "species"), NAMES, ids=lambda value: str(value)[:40])
def test_the_number_of_species(store: "Store", names: list[str], species: int) -> None:
    taxa = [taxon(store, name) for name in names]
    assert species_count(taxa) == species
    assert species_count(reversed(taxa)) == species


def test_a_view_of_storage_counts_every_name_as_the_domain_does(store: "Store") -> None:
    with store._engine.snapshot() as connection:
        rows = connection.execute(
            "select t.scientific_name, c.genus, c.species from taxon as t"
            " join counted_taxon as c on c.taxon_id = t.taxon_id"
        ).fetchall()
    assert len(rows) > 700
    assert [(genus, species) for _, genus, species in rows] == [counted_as(r[0]) for r in rows]


@pytest.fixture
def met(store: "Store") -> UUID:
    """A browser at a festival that met every taxon of a list with two genera and a variety."""
    rows = "".join(f"{name},,{BIRD},{zh}\n" for name, zh in ROWS)
    import_list(store, STAFF, "list.csv", (HEAD + rows).encode(), NOW)
    listed = [one for one in store.taxa.all_taxa() if one.genus in ("Exempla", "Sola")]
    assert len(listed) == len(ROWS)
    device, today = phone(store), day_of(NOW)
    festival = make_festival(store, STAFF, Plan("走读", (today, today)), DISTRICTS, NOW)
    join(store, festival.code, "苇莺队", device, NOW)
    for one in listed:
        said(store, record(store, device, taxon_id=str(one.taxon_id)), Verdict.ACCEPT)
    return device


def test_every_place_that_counts_species_counts_alike(store: "Store", met: UUID) -> None:
    everything, on_the_day = Filters(), Filters(first_day=day_of(NOW), last_day=day_of(NOW))
    counts = {
        "groups, kept": [count.species for count in store.map.groups(everything)],
        "groups": [count.species for count in store.map.groups(on_the_day)],
        "districts, kept": [count.species for count in store.map.districts(everything)],
        "districts": [count.species for count in store.map.districts(on_the_day)],
    } | {
        f"cells {level}": [n for _, _, n in store.map.richness(everything, level)]
        for level in range(6, 10)
    }
    assert counts == dict.fromkeys(counts, [SPECIES])
    [festival] = store.festivals.festivals()
    assert [row.tally.species for row in result(store, festival, NOW).rows] == [SPECIES]
    observer_id = observer_of(store, met).observer_id
    assert observer_id is not None
    taxa = {one.taxon_id: one for one in store.taxa.all_taxa()}
    own = {one.taxon_id for one in store.occurrences.own_index(observer_id, 100) if one.is_met}
    assert species_count(taxa[one] for one in own if one) == SPECIES
    near = around(store, 30.2694, 120.0631, 1_000).tallies
    assert species_count(taxa[tally.taxon_id] for tally in near) == SPECIES
