"""The satisfaction tab of /boards, without a browser."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import day_of, now_utc
from observations.base.ids import random_id
from observations.base.roles import Person, Role
from observations.satisfaction.concern import Status, ThemeAnswer
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.themes import answer_theme
from observations.satisfaction.tiers import Tier
from observations.satisfaction.wave_steps import open_wave
from observations.satisfaction.waves import Wave, wave_of
from pages.parts import runtime
from tests.support.site import Site

NOW, BEFORE = Wave(2026, 4), Wave(2026, 3)
PEOPLE = {"330106": 120, "330110": 60, "330102": 23, "330108": 7}
MOODS = ((4, 5), (2, 3), (3, 4), (3, 4))
STAFF = Person(staff_id=UUID(int=7), role=Role.ADMIN)


def fill(
    wave: Wave,
    is_demo: bool = False,
    moods: Sequence[Sequence[int]] = MOODS,
    people: Mapping[str, int] = PEOPLE,
    tier: Tier = Tier.ON_SITE,
) -> None:
    """People of four districts, happier in the first than in the second."""
    chance = random.Random(4)
    responses = [
        Response(
            random_id(),
            wave.wave_id,
            f"{wave.wave_id}-{tier}-{district}-{person}",
            1,
            district,
            Questionnaire({Dimension.OVERALL: chance.choice(mood)}),
            wave.first_day,
            is_demo,
            Circumstances(tier=tier),
        )
        for (district, count), mood in zip(people.items(), moods, strict=True)
        for person in range(count)
    ]
    with runtime.store().transaction() as tx:
        tx.satisfaction.open_wave(wave)
        tx.satisfaction.add(responses)


def opened(site: Site, **query: str) -> AppTest:
    page = site.open("visit/boards/page.py", **query)
    page.segmented_control(key="board").set_value("satisfaction").run()
    assert not page.exception
    return page


def read(page: AppTest) -> str:
    return " ".join(element.body for element in page.get("html"))


def test_before_the_first_wave_it_says_what_comes_and_sends_nobody_in_a_circle(site: Site) -> None:
    words = read(opened(site))
    assert "第一次评分还没有开放" in words
    assert 'href="/satisfaction"' not in words
    assert "89.62" in words


def test_an_empty_board_invites_to_rate_and_tells_of_the_official_survey(site: Site) -> None:
    page = site.open("visit/boards/page.py")
    now = now_utc()
    open_wave(runtime.store(), STAFF, wave_of(now), now)
    words = read(page.segmented_control(key="board").set_value("satisfaction").run())
    assert "这一季正在评，还没有公布" in words
    assert 'href="/satisfaction"' in words
    assert "89.62" in words
    assert "杭州全市的得分没有查到公开数字" in words


def test_before_the_first_publication_it_says_when_that_comes(site: Site) -> None:
    page = site.open("visit/boards/page.py")
    now = now_utc()
    wave, store = wave_of(now), runtime.store()
    open_wave(store, STAFF, wave, now)
    form = Questionnaire({Dimension.OVERALL: 5})
    with store.transaction() as tx:
        tx.satisfaction.add(
            [
                Response(random_id(), wave.wave_id, f"{n}", 1, "330106", form, day_of(now))
                for n in range(40)
            ]
        )
    words = read(page.segmented_control(key="board").set_value("satisfaction").run())
    assert "正在评。第一次公布是" in words
    assert "40 份" not in words


def test_ranks_intervals_and_numbers_of_answers(site: Site) -> None:
    fill(NOW)
    words = read(opened(site))
    assert words.index("西湖区") < words.index("余杭区") < words.index("上城区")
    assert "120+ 份有证明" in words
    assert "20+ 份有证明，最多再有 10 份就能上榜。" in words
    assert "全市的数不含" in words and "领一张居住码" in words
    assert '<th scope="row">' in words
    assert "<caption" in words
    assert "演示数据" in words  # the bar's mark: the tests run in demo mode


def test_answers_without_proof_stand_beside_and_make_no_rank(site: Site) -> None:
    fill(NOW, tier=Tier.SELF_DECLARED)
    words = read(opened(site))
    assert "可能的名次" not in words
    assert "有证明的不到 10 份，再有 20 多份就能上榜。" in words
    assert "自己说的也算：" in words and "（120+ 份）" in words
    heat = words[words.index("g-heats") :]
    assert "*</td>" in heat and "g-heat c5" not in heat[: heat.index("</table>")]


def test_under_ten_answers_are_not_counted_aloud(site: Site) -> None:
    fill(NOW)
    words = read(opened(site))
    assert "回答不到 10 份" in words
    assert "7 份</small>" not in words
    assert "200+ 份有居住证明" in words  # the city leaves the one withheld district out


def test_demo_answers_are_marked_on_the_board_itself(site: Site) -> None:
    fill(NOW)
    real = read(opened(site)).count("演示数据")
    fill(BEFORE, is_demo=True)
    assert read(opened(site, wave=BEFORE.wave_id)).count("演示数据") == real + 1


def test_districts_nobody_can_tell_apart_are_called_so(site: Site) -> None:
    fill(NOW, moods=((1, 3, 5), (1, 3, 5), (1, 3, 5), (1, 3, 5)))
    words = read(opened(site))
    assert "这一季分不出高下：各区的差别，都在误差里。" in words


def test_a_rank_is_a_range(site: Site) -> None:
    people = {"330106": 120, "330110": 60, "330102": 60, "330108": 60}
    fill(NOW, moods=((5,), (3, 4), (3, 4), (1, 2)), people=people)
    words = read(opened(site))
    assert "第 1 位" in words and "第 2 至 3 位" in words and "第 4 位" in words


def test_the_heat_map_has_every_district_and_question_as_a_readable_figure(site: Site) -> None:
    fill(NOW)
    words = read(opened(site))
    heat = words[words.index("g-heats") :]
    heat = heat[: heat.index("</table>")]
    assert "总体" in heat and "西湖区" in heat and "余杭区" in heat and "全市" in heat
    assert "滨江区" not in heat  # seven answers: withheld
    assert 'class="g-heat c5"' in heat and 'class="g-heat c1"' in heat


def test_low_scores_are_answered_aloud_with_how_many_and_how_fast(site: Site) -> None:
    page = site.open("visit/boards/page.py")
    day = NOW.first_day
    store = runtime.store()
    low = Questionnaire({Dimension.NOISE: 1}, "夜里有施工")
    tokens = [f"{NOW.wave_id}-low-{person}" for person in range(12)]
    responses = [
        Response(random_id(), NOW.wave_id, token, 1, "330106", low, day) for token in tokens
    ]
    with store.transaction() as tx:
        tx.satisfaction.open_wave(NOW)
        tx.satisfaction.add(responses)
    at = datetime.combine(day + timedelta(days=4), time(8), UTC)
    said = ThemeAnswer("330106", Dimension.NOISE, Status.DONE, "22 点后停工", at)
    assert answer_theme(store, STAFF, NOW.wave_id, said) == 12
    words = read(page.segmented_control(key="board").set_value("satisfaction").run())
    assert "10+ 人说了为什么，10+ 人的已经答复" in words and "4 天" in words
    assert "22 点后停工" in words and "已办" in words
    assert "夜里有施工" not in words


def test_an_older_wave_can_be_chosen(site: Site) -> None:
    fill(NOW)
    fill(BEFORE)
    page = opened(site)
    assert "2026 年第 4 季度" in read(page)
    page.selectbox(key="wave").set_value(BEFORE.wave_id).run()
    assert "2026 年第 3 季度 · 200+ 份有居住证明" in read(page)


@pytest.mark.parametrize("wave", ["2020Q1", "nonsense", "<script>"])
def test_a_wave_that_is_not_there_shows_the_latest(site: Site, wave: str) -> None:
    fill(NOW)
    fill(BEFORE)
    assert "2026 年第 4 季度 · 200+ 份有居住证明" in read(opened(site, wave=wave))


def test_it_speaks_english(site: Site) -> None:
    fill(NOW)
    site.speak("en")
    words = read(opened(site))
    assert "20+ answers with proof; it is ranked with 10 more at most." in words
    assert "No published score for Hangzhou as a whole was found." in words
