"""The set of ids in little memory."""

from uuid import UUID, uuid5

from observations.exchange.survey_file.seen_ids import SeenIds

SPACE = UUID("5d0f6a3e-3c6b-5a57-9d0d-6a1f8b0c7e21")


def test_it_says_what_it_has_seen_and_grows() -> None:
    seen, ids = SeenIds(), [uuid5(SPACE, str(k)) for k in range(20_000)]
    assert all(seen.add(one) for one in ids)
    assert not any(seen.add(one) for one in ids)
    assert all(one in seen for one in ids)
    assert uuid5(SPACE, "another") not in seen
    assert len(seen) == 20_000
