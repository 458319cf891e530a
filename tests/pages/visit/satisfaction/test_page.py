"""The page of satisfaction, without a browser."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.people.observer import ELSEWHERE
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.wave_steps import close_wave, open_demo_wave
from observations.satisfaction.waves import wave_of
from pages.parts import runtime
from tests.support.site import Site

PAGE = "visit/satisfaction/page.py"
WAVE = wave_of(datetime.now(UTC))
XIHU = "330106"


def read(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def choose(page: AppTest, dimension: Dimension, answer: int) -> None:
    page.segmented_control(key=f"satisfaction_{WAVE.wave_id}_{dimension}").set_value(answer).run()


def send(page: AppTest) -> str:
    page.button(key="satisfaction_send").click().run()
    return read(page)


@pytest.fixture(autouse=True)
def wave_is_open(site: Site) -> None:
    """Staff have opened this quarter's wave."""
    open_demo_wave(runtime.store(), datetime.now(UTC))


@pytest.fixture
def page(site: Site) -> AppTest:
    """The page, opened by someone who has consented."""
    site.arrive(consents=True)
    return site.open(PAGE)


def stored(site: Site) -> list[tuple[str, str, int]]:
    counts = runtime.store().satisfaction.counts(WAVE.wave_id)
    return [(count.district, str(count.dimension), count.answer) for count in counts]


def test_a_stranger_is_asked_for_consent_before_any_question(site: Site) -> None:
    site.arrive()
    page = site.open(PAGE)
    assert "同意之前，什么都不会离开你的手机" in read(page)
    assert not page.segmented_control
    assert not page.button


def test_ten_questions_and_where_home_is(page: AppTest) -> None:
    words = read(page)
    assert "10 / 10 · 总体" in words
    assert "非官方" in words
    assert len(page.segmented_control) == 10
    assert len(page.pills(key="satisfaction_home").options) == 14


def test_a_rating_is_kept_and_confirmed(site: Site, page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    choose(page, Dimension.AIR, 4)
    choose(page, Dimension.OVERALL, 5)
    assert "已答 2 题" in page.button(key="satisfaction_send").label
    words = send(page)
    assert "已收到" in words
    assert "西湖区" in words
    assert stored(site) == [(XIHU, "air", 4), (XIHU, "overall", 5)]


def test_an_empty_form_is_refused_and_kept(site: Site, page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    assert "至少回答一题再交" in send(page)
    assert page.pills(key="satisfaction_home").value == XIHU
    assert stored(site) == []


def test_without_a_home_nothing_answered_is_lost(site: Site, page: AppTest) -> None:
    choose(page, Dimension.WATER, 1)
    page.text_area(key=f"satisfaction_{WAVE.wave_id}_reason").set_value("河里有味道").run()
    assert "先选你住在哪个区" in send(page)
    assert page.segmented_control(key=f"satisfaction_{WAVE.wave_id}_water").value == 1
    assert page.text_area(key=f"satisfaction_{WAVE.wave_id}_reason").value == "河里有味道"
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    assert "已收到" in send(page)


def test_why_is_asked_only_beside_a_low_answer(page: AppTest) -> None:
    assert not page.text_area
    choose(page, Dimension.NOISE, 2)
    assert len(page.text_area) == 1
    choose(page, Dimension.NOISE, 3)
    assert not page.text_area


def test_who_lives_elsewhere_is_thanked_and_not_asked(page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(ELSEWHERE).run()
    assert "评分留给住在这里的人" in read(page)
    assert not page.segmented_control


def test_the_next_visit_is_filled_in_and_can_be_changed(site: Site, page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    choose(page, Dimension.AIR, 2)
    page.text_area(key=f"satisfaction_{WAVE.wave_id}_reason").set_value("<b>烟味</b>").run()
    send(page)

    again = site.open(PAGE)
    assert "给西湖区的环境打个分" in read(again)
    assert again.segmented_control(key=f"satisfaction_{WAVE.wave_id}_air").value == 2
    assert again.segmented_control(key=f"satisfaction_{WAVE.wave_id}_water").value == 0
    assert again.text_area(key=f"satisfaction_{WAVE.wave_id}_reason").value == "<b>烟味</b>"
    choose(again, Dimension.AIR, 5)
    assert "已收到" in send(again)
    assert stored(site) == [(XIHU, "air", 5)]


def test_the_receipt_leads_back_to_the_form(page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    choose(page, Dimension.AIR, 4)
    send(page)
    page.button(key="satisfaction_change").click().run()
    assert "这一季你已经评过" in read(page)
    assert page.segmented_control(key=f"satisfaction_{WAVE.wave_id}_air").value == 4


def test_it_speaks_english(site: Site) -> None:
    site.speak("en")
    site.arrive(consents=True)
    page = site.open(PAGE)
    assert "How has the air been over the last" in read(page)
    assert page.button(key="satisfaction_send").label == "Send the rating (0 answered)"


def test_a_wave_that_is_not_open_takes_nothing_and_says_so(site: Site, page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    choose(page, Dimension.AIR, 4)
    staff = Person(staff_id=new_id(), role=Role.ADMIN)
    close_wave(runtime.store(), staff, WAVE, datetime.now(UTC))
    words = send(page)
    assert "没有开放" in words and "先去记下身边的自然" in words
    assert 'href="/boards' not in words  # nobody has answered ever: that board says the same
    assert stored(site) == []


def test_of_several_low_answers_one_is_named(site: Site, page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    choose(page, Dimension.AIR, 2)
    choose(page, Dimension.NOISE, 1)
    about = page.pills(key=f"satisfaction_{WAVE.wave_id}_about")
    assert about.value == "air"
    page.button(key="why_noise").click().run()
    assert page.pills(key=f"satisfaction_{WAVE.wave_id}_about").value == "noise"
    page.pills(key=f"satisfaction_{WAVE.wave_id}_about").set_value("air").run()
    page.text_input(key=f"satisfaction_{WAVE.wave_id}_place").set_value("文一西路口").run()
    assert "已收到" in send(page)
    (raised,) = runtime.store().satisfaction.raised(WAVE.wave_id)
    assert (raised.concern.dimension, raised.concern.place_name) == (Dimension.AIR, "文一西路口")


def test_a_wrong_residence_code_is_refused_and_nothing_is_lost(page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value(XIHU).run()
    choose(page, Dimension.AIR, 4)
    page.text_input(key=f"satisfaction_{WAVE.wave_id}_code").set_value("NOSUCH22").run()
    assert "没有这个居住证明码" in send(page)
    assert page.segmented_control(key=f"satisfaction_{WAVE.wave_id}_air").value == 4


def test_why_is_asked_right_under_the_low_answer(page: AppTest) -> None:
    choose(page, Dimension.WATER, 2)
    keys = [block.key for block in page.get("flex_container") if block.key]
    assert keys.index("card_reason") == keys.index(f"scale_{Dimension.WATER}") + 1


def test_the_receipt_asks_why_of_a_low_answer_without_a_reason(site: Site, page: AppTest) -> None:
    page.pills(key="satisfaction_home").set_value("330106").run()
    choose(page, Dimension.WATER, 1)
    assert "打了低分：哪里让你不满意" in send(page)
    page.text_area[0].set_value("河里有味道").run()
    page.button(key="why_later").click().run()
    text = read(page)
    assert "补上了，工作人员会看到" in text and "打了低分" not in text
    page.button(key="satisfaction_change").click().run()
    assert page.text_area[0].value == "河里有味道"
