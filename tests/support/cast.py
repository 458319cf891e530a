"""The people of the tests: 林夏 records, 周衡 verifies, 陈默 may see only what is public."""

from uuid import UUID

from observations.base.roles import Person, Role

LIN_XIA = Person(observer_id=UUID("0190a000-0000-7000-8000-000000000001"))
ZHOU_HENG = Person(
    observer_id=UUID("0190a000-0000-7000-8000-000000000002"),
    staff_id=UUID("0190a000-0000-7000-8000-000000000012"),
    role=Role.VERIFIER,
)
CHEN_MO = Person(observer_id=UUID("0190a000-0000-7000-8000-000000000003"))
HE_QING = Person(
    staff_id=UUID("0190a000-0000-7000-8000-000000000014"),
    role=Role.ADMIN,
)
NAMES = {LIN_XIA: "林夏", ZHOU_HENG: "周衡", CHEN_MO: "陈默", HE_QING: "何青"}
