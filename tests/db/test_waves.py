"""Waves that staff run, proof of residence, concerns and their answers, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person, Role
from observations.occurrences.occurrence import Upload
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent
from observations.satisfaction.concern import Concern, Status, ThemeAnswer
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.margins import census, write_margins
from observations.satisfaction.own_answers import forget_person, own_concern
from observations.satisfaction.publication.publications import last_of, margins_of, public_waves
from observations.satisfaction.residence import SHEET_OF, make_sheet, make_slip, sheet_of
from observations.satisfaction.residence_code import Code
from observations.satisfaction.responses import Questionnaire
from observations.satisfaction.staff_files import import_margins, import_scores
from observations.satisfaction.submission import Extras, submit
from observations.satisfaction.themes import answer_theme, how_fast, themes_for
from observations.satisfaction.tiers import Tier
from observations.satisfaction.tokens import code_token
from observations.satisfaction.wave_steps import close_wave, open_wave
from observations.satisfaction.waves import Wave
from tests.support.sightings import add_row_of_photo

SECRET = b"s" * 32
NOW = datetime(2026, 11, 3, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
WAVE = Wave(2026, 4)
XIHU, YUHANG = "330106", "330110"
STAFF = Person(staff_id=UUID(int=7), role=Role.ADMIN)
LOW = Questionnaire({Dimension.NOISE: 1, Dimension.AIR: 2, Dimension.OVERALL: 3}, "夜里有施工")
GOOD = Questionnaire({Dimension.OVERALL: 5})
PHOTO = "ab" * 32


@pytest.fixture
def wave(store) -> Wave:
    """A wave that staff have opened."""
    open_wave(store, STAFF, WAVE, NOW)
    return WAVE


def phone(store) -> UUID:
    device_id = new_id()
    give_consent(store, device_id, CONSENT_VERSION, True, "CC BY 4.0", NOW)
    return device_id


def answered(store, device=None, form=GOOD, home=XIHU, now=NOW, **extras):
    return submit(store, SECRET, device or phone(store), home, form, now, Extras(**extras))


def code_of(refused):
    return refused.value.code


def test_nothing_is_taken_before_staff_open_a_wave_nor_after_they_close_it(store):
    with pytest.raises(Refused) as refused:
        answered(store)
    assert code_of(refused) == "satisfaction.closed"
    open_wave(store, STAFF, WAVE, NOW)
    device = phone(store)
    answered(store, device)
    close_wave(store, STAFF, WAVE, LATER)
    with pytest.raises(Refused) as refused:
        answered(store, device, LOW, now=LATER)
    assert code_of(refused) == "satisfaction.closed"
    open_wave(store, STAFF, WAVE, LATER)
    assert answered(store, device, LOW, now=LATER).turn == 2


def test_only_staff_of_the_waves_may_run_them(store):
    for person in (NOBODY, Person(staff_id=UUID(int=8), role=Role.VERIFIER)):
        with pytest.raises(Refused, match="may_not"):
            open_wave(store, person, WAVE, NOW)


def test_a_version_that_people_have_answered_is_kept(store, wave):
    answered(store)
    with pytest.raises(Refused) as refused:
        open_wave(store, STAFF, WAVE, NOW, version=1)
    assert code_of(refused) == "satisfaction.version_fixed"


def test_another_quarter_cannot_be_opened(store):
    with pytest.raises(Refused) as refused:
        open_wave(store, STAFF, Wave(2027, 1), NOW)
    assert code_of(refused) == "satisfaction.not_now"


def test_a_question_that_the_version_does_not_ask_is_refused(store):
    open_wave(store, STAFF, WAVE, NOW, version=1)
    with pytest.raises(Refused) as refused:
        answered(store, form=Questionnaire({Dimension.SUPPLY: 4}))
    assert code_of(refused) == "satisfaction.not_asked"


def test_a_slip_makes_one_person_sure_and_no_other(store, wave):
    code = make_slip(store, SECRET, STAFF, XIHU, NOW)
    device = phone(store)
    assert answered(store, device, code=code.lower()).circumstances.tier is Tier.STAFF_VERIFIED
    assert answered(store, device, code=code).turn == 1
    with pytest.raises(Refused) as refused:
        answered(store, code=code)
    assert code_of(refused) == "satisfaction.code_over"


def test_a_slip_used_by_many_at_once_works_once(store, wave):
    code = make_slip(store, SECRET, STAFF, XIHU, NOW)
    devices = [phone(store) for _ in range(6)]

    def use(device):
        try:
            return answered(store, device, code=code).circumstances.tier
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(use, devices))
    assert outcomes.count(Tier.STAFF_VERIFIED) == 1
    assert outcomes.count("satisfaction.code_over") == 5


def test_each_code_of_a_sheet_proves_it_for_one_person_of_the_district(store, wave):
    sheet = make_sheet(store, SECRET, STAFF, XIHU, NOW)
    codes = [letters for _, letters in sheet_of(store, SECRET, STAFF, sheet)]
    assert len(set(codes)) == SHEET_OF
    with pytest.raises(Refused) as refused:
        answered(store, home=YUHANG, code=codes[0])
    assert code_of(refused) == "satisfaction.code_elsewhere"
    assert answered(store, code=codes[0]).circumstances.tier is Tier.ON_SITE
    with pytest.raises(Refused) as refused:
        answered(store, code=codes[0])
    assert code_of(refused) == "satisfaction.code_over"
    spaced = f"{codes[1][:4]} {codes[1][4:].lower()}"
    assert answered(store, code=spaced).circumstances.tier is Tier.ON_SITE
    with pytest.raises(Refused) as refused:
        answered(store, code="ABCDEFGH")
    assert code_of(refused) == "satisfaction.code_unknown"


def test_a_sheet_prints_again_what_nobody_has_used_for_staff_alone(store, wave):
    sheet = make_sheet(store, SECRET, STAFF, XIHU, NOW)
    first = sheet_of(store, SECRET, STAFF, sheet)
    answered(store, code=first[5][1])
    assert sheet_of(store, SECRET, STAFF, sheet) == [*first[:5], *first[6:]]
    (handout,) = store.satisfaction.handouts()
    assert (handout.batch_id, handout.codes, handout.used) == (sheet, SHEET_OF, 1)
    for person, code in (
        (NOBODY, "role.may_not"),
        (Person(staff_id=UUID(int=8), role=Role.VERIFIER), "role.may_not"),
    ):
        with pytest.raises(Refused) as refused:
            sheet_of(store, SECRET, person, sheet)
        assert code_of(refused) == code
        with pytest.raises(Refused) as refused:
            make_sheet(store, SECRET, person, XIHU, NOW)
        assert code_of(refused) == code


def test_a_poster_s_code_of_former_times_opens_the_form_and_proves_nothing(store, wave):
    day = NOW.date()
    poster = Code(UUID(int=9), Tier.SELF_DECLARED, XIHU, day, day, 1000)
    with store.transaction() as tx:
        hashes = [code_token(SECRET, "PSTR2345")]
        tx.satisfaction.add_codes([poster], hashes, None, STAFF.staff_id, NOW)
    for _ in range(3):
        assert answered(store, code="PSTR2345").circumstances.tier is Tier.SELF_DECLARED


def test_the_network_is_kept_by_a_hash_alone(store, wave):
    response = answered(store, network="203.0.113.7")
    assert len(response.circumstances.network) == 32
    assert "203" not in response.circumstances.network
    same = answered(store, network="203.0.113.7")
    assert same.circumstances.network == response.circumstances.network


def uploaded(store, device):
    upload = Upload(new_id(), device, PHOTO, "0" * 16, "JPEG", 320, 240, 1000, NOW)
    return add_row_of_photo(store, upload)


def test_a_concern_keeps_its_photo_and_nothing_leads_back_to_the_browser(store, wave):
    device = phone(store)
    concern = Concern(Dimension.NOISE, "文一西路口", 30.28, 120.1)
    answered(store, device, LOW, concern=concern, upload_id=uploaded(store, device))
    (raised,) = store.satisfaction.raised(WAVE.wave_id)
    assert (raised.concern.photo, raised.concern.latitude, raised.words) == (
        PHOTO,
        30.28,
        "夜里有施工",
    )
    assert store.occurrences.upload_devices(PHOTO) == set()
    assert store.media.photos_of_nothing([PHOTO]) == []
    assert PHOTO in store.occurrences.photo_hashes()
    # Sent again, as a phone does that heard no reply: the photo stays.
    answered(store, device, LOW, concern=concern, upload_id=new_id())
    assert store.satisfaction.raised(WAVE.wave_id)[0].concern.photo == PHOTO


def test_somebody_else_s_photo_cannot_be_named(store, wave):
    upload_id = uploaded(store, phone(store))
    answered(store, form=LOW, concern=Concern(Dimension.NOISE), upload_id=upload_id)
    assert store.satisfaction.raised(WAVE.wave_id)[0].concern.photo is None


def test_a_concern_goes_with_the_low_answer_and_with_the_person(store, wave):
    device = phone(store)
    answered(store, device, LOW, concern=Concern(Dimension.AIR, "河边"))
    assert store.satisfaction.raised(WAVE.wave_id)[0].concern.dimension is Dimension.AIR
    answered(store, device, GOOD)
    assert store.satisfaction.raised(WAVE.wave_id) == []
    answered(store, device, LOW, concern=Concern(Dimension.AIR), upload_id=uploaded(store, device))
    observer = store.people.observer_of_device(device)
    with store.transaction() as tx:
        assert forget_person(tx, SECRET, observer.observer_id) == [PHOTO]
        tx.media.forget_digests([PHOTO])  # as an erasure does of all the person's photos
    assert store.satisfaction.raised(WAVE.wave_id) == []


def test_a_place_outside_the_city_is_refused(store, wave):
    with pytest.raises(Refused) as refused:
        answered(store, form=LOW, concern=Concern(Dimension.NOISE, "", 39.9, 116.4))
    assert code_of(refused) == "place.outside"


def test_staff_answer_a_theme_and_everyone_in_it_is_told(store, wave):
    device = phone(store)
    answered(store, device, LOW)
    for _ in range(9):
        answered(store, form=LOW)
    answered(store, form=LOW, home=YUHANG)
    first = themes_for(store, STAFF, WAVE.wave_id)[0]
    assert (first.district, first.dimension, len(first.waiting)) == (XIHU, Dimension.NOISE, 10)
    said = ThemeAnswer(XIHU, Dimension.NOISE, Status.DOING, "已约工地", LATER)
    assert answer_theme(store, STAFF, WAVE.wave_id, said) == 10
    done = ThemeAnswer(XIHU, Dimension.NOISE, Status.DONE, "22 点后停工", LATER)
    assert answer_theme(store, STAFF, WAVE.wave_id, done) == 10
    with pytest.raises(Refused) as refused:
        answer_theme(store, STAFF, WAVE.wave_id, done)
    assert code_of(refused) == "satisfaction.nothing_raised"
    observer = store.people.observer_of_device(device)
    _, told = own_concern(store, SECRET, observer.observer_id, NOW)
    assert {answer.words for answer in told} == {"已约工地", "22 点后停工"}
    speed = how_fast(store.satisfaction.raised(WAVE.wave_id))
    assert (speed.raised, speed.answered, speed.median_days) == (11, 10, 3)


def test_strangers_see_and_answer_no_theme(store, wave):
    with pytest.raises(Refused, match="may_not"):
        themes_for(store, NOBODY, WAVE.wave_id)
    said = ThemeAnswer(XIHU, Dimension.NOISE, Status.DONE, "x", NOW)
    with pytest.raises(Refused, match="may_not"):
        answer_theme(store, NOBODY, WAVE.wave_id, said)


def test_margins_are_imported_and_what_was_published_keeps_its_own(store, wave):
    rows = census()
    other = write_margins(rows).replace("1089229", "2000000")
    for _ in range(10):
        answered(store)
    close_wave(store, STAFF, WAVE, LATER)
    assert import_margins(store, STAFF, other.encode(), LATER + timedelta(minutes=1)) == 13
    assert public_waves(store, LATER + timedelta(days=1)) == [WAVE]
    assert margins_of(store, last_of(store, WAVE)) == rows
    newer = store.satisfaction.margins(LATER + timedelta(days=1))
    assert next(row.people for row in newer if row.category == XIHU) == 2_000_000


def test_a_wrong_margins_file_changes_nothing(store, wave):
    for wrong in (b"", b"\xff\xfe", write_margins(census()[1:]).encode(), b"a,b\n1,2\n"):
        with pytest.raises(Refused) as refused:
            import_margins(store, STAFF, wrong, NOW)
        assert code_of(refused) == "satisfaction.margins"
    assert store.satisfaction.margins(NOW) == []


def test_official_scores_are_imported_beside_ours(store):
    head = "scope,year,dimension,score,note,source,confidence\n"
    good = head + "330106,2030,total,91.5,,made up for this test,H\n"
    assert import_scores(store, STAFF, good.encode(), NOW) == 1
    assert import_scores(store, STAFF, good.replace("91.5", "91.6").encode(), NOW) == 1
    first = store.satisfaction.official_scores()[0]
    assert (first.scope, first.score) == (XIHU, 91.6)
    with pytest.raises(Refused) as refused:
        import_scores(store, STAFF, (head + "330106,2030,total,91.5,,,H\n").encode(), NOW)
    assert (code_of(refused), refused.value.values["line"]) == ("satisfaction.official", 2)
