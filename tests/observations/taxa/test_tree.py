"""The checklist as a tree."""

from db.seeding import read_seed
from db.taxa import taxon_of_seed
from observations.taxa.tree import Branch, tree_of

TAXA = [taxon_of_seed(row) for row in read_seed("taxa.csv")]


def leaves(branch: Branch) -> int:
    return len(branch.taxa) + sum(leaves(below) for below in branch.branches.values())


def test_every_taxon_hangs_on_the_tree_once() -> None:
    root = tree_of(TAXA, ())
    assert leaves(root) == root.species == len(TAXA)
    assert root.recorded == 0


def test_what_was_found_is_counted_up_to_the_root() -> None:
    heron = next(taxon for taxon in TAXA if taxon.scientific_name == "Nycticorax nycticorax")
    root = tree_of(TAXA, {heron.taxon_id})
    branch = root.branches["Aves"]
    assert (root.recorded, branch.recorded) == (1, 1)
    assert branch.branches["Pelecaniformes"].branches["Ardeidae"].recorded == 1
