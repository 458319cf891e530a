"""The list of places that staff keep, on both engines."""

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.places.sites import COLUMNS, SiteKind, as_csv, keep, read_sites
from tests.support.cast import CHEN_MO, HE_QING, ZHOU_HENG
from tests.support.sightings import NOW

ROW = "xixi,facility,示例处理厂,Example plant,330106,30.27,120.06,50,某路 1 号,周三开放,,,示例来源"


def text(*rows: str) -> str:
    return "\n".join([",".join(COLUMNS), *rows])


def test_the_first_list_is_there_and_reads_back(store: Store) -> None:
    sites = store.sites.all_sites()
    assert sites and all(site.source and site.uncertainty_m >= 1_000 for site in sites)
    assert read_sites(as_csv(sites)) == sites


def test_staff_keep_the_list_and_what_is_left_out_disappears(store: Store) -> None:
    assert keep(store, HE_QING, "\ufeff" + text(ROW), NOW) == 1
    [site] = store.sites.all_sites()
    assert (site.name_zh, site.kind) == ("示例处理厂", SiteKind.FACILITY)


@pytest.mark.parametrize(
    ("csv_text", "code"),
    [
        ("code,kind", "sites.columns"),
        ("", "sites.columns"),
        (text(ROW.replace("facility", "castle")), "sites.row"),
        (text(ROW.replace("30.27", "39.9")), "sites.outside"),
        (text(ROW.replace("30.27", "nan")), "sites.row"),
        (text(ROW.replace("330106", "110101")), "sites.row"),
        (text(ROW.replace(",50,", ",0,")), "sites.row"),
        (text(ROW.replace("示例来源", "")), "sites.empty"),
        (text(ROW, ROW), "sites.twice"),
        (text(ROW + ",x"), "sites.cells"),
        (text(ROW.replace(",50,", ",inf,")), "sites.row"),
        (text(ROW.replace("某路", "路" * 601)), "sites.text"),
    ],
)
def test_a_list_with_a_fault_is_refused_and_changes_nothing(
    store: Store, csv_text: str, code: str
) -> None:
    before = store.sites.all_sites()
    with pytest.raises(Refused) as refusal:
        keep(store, HE_QING, csv_text, NOW)
    assert refusal.value.code == code
    assert store.sites.all_sites() == before


@pytest.mark.parametrize("person", [CHEN_MO, ZHOU_HENG])
def test_others_do_not_keep_it(store: Store, person: object) -> None:
    with pytest.raises(Refused, match="role.may_not"):
        keep(store, person, text(ROW), NOW)  # type: ignore[arg-type]
