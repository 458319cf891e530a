from uuid import UUID

from observations.satisfaction.tokens import person_token

SECRET = b"s" * 32
LIN = UUID("0198c0de-0000-7000-8000-000000000001")
ZHOU = UUID("0198c0de-0000-7000-8000-000000000002")


def test_a_person_has_one_token_a_wave():
    assert person_token(SECRET, "2026Q4", LIN) == person_token(SECRET, "2026Q4", LIN)


def test_people_waves_and_secrets_have_tokens_of_their_own():
    tokens = {
        person_token(secret, wave, person)
        for secret in (SECRET, b"t" * 32)
        for wave in ("2026Q3", "2026Q4")
        for person in (LIN, ZHOU)
    }
    assert len(tokens) == 8


def test_the_person_cannot_be_read_from_the_token():
    token = person_token(SECRET, "2026Q4", LIN)
    assert len(token) == 64
    assert LIN.hex not in token
