"""Five quarters of responses: as in a survey, districts differ little and sample sizes a lot."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from observations.base.clock import HANGZHOU
from observations.demo.dice import Dice
from observations.demo.phrases import phrases
from observations.places.districts import DISTRICTS, district_of
from observations.satisfaction.concern import Concern, Raised, Status, ThemeAnswer
from observations.satisfaction.dimensions import ANSWERS, LATEST_QUESTIONNAIRE, Dimension
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.themes import themes
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Step, StepKind, Wave

WAVES = 5
OFFICE_HOUR = time(9)
ANSWERED_THEMES = 14
BURST_DISTRICT = "330105"
FEWEST, MOST = 2, 400
# The mean of all dimensions, and the difference of each from it, in steps of the scale.
USUAL = 3.95
LEANINGS = {
    Dimension.AIR: 0.05,
    Dimension.WATER: 0.1,
    Dimension.DRAIN: -0.1,
    Dimension.SUPPLY: 0.2,
    Dimension.NOISE: -0.5,
    Dimension.WASTE: 0.0,
    Dimension.RECYCLE: -0.2,
    Dimension.GREEN: 0.25,
    Dimension.VOICE: -0.3,
    Dimension.OVERALL: 0.1,
}
BETWEEN_DISTRICTS, BETWEEN_PEOPLE, WITHIN_PEOPLE = 0.16, 0.55, 0.6
TREND_A_WAVE = 0.03
CANNOT_SAY = 0.06
SAYS_WHY = 0.3
NAMES_A_PLACE = 0.6
PLACE_SPREAD_DEGREES = 0.03
PROOFS = {Tier.ON_SITE: 0.75, Tier.STAFF_VERIFIED: 0.25}
SHARE_PROVED, FEWEST_PROVED = 0.35, 75
ON_THEIR_WAY = {"330122": 24, "330127": 7, "330182": 17}
"""How many have proved their residence in the three districts that have no rank yet."""
FEWEST_BY_WORD = 12
FAKES, FAKED_ON_DAY = 24, 20
"""A burst from one network in the wave before the running one, for the board to find."""
CHANGES_MIND = 0.04
PROVED_WITHIN_DAYS = 9
"""Codes are handed out at the beginning of a wave, so that its second Monday can rank districts."""


def responses(dice: Dice, today: date) -> Iterator[Response]:
    """Every response of the last five quarters, the current one (Asia/Shanghai) included."""
    waves = last_waves(today)
    leanings = {code: dice.gauss(0, BETWEEN_DISTRICTS) for code in DISTRICTS}
    reach = {code: dice.lognormvariate(0, 0.6) for code in DISTRICTS}
    for number, wave in enumerate(waves):
        for code in DISTRICTS:
            middle = USUAL + leanings[code] + TREND_A_WAVE * number
            many = _how_many(dice, code, reach[code], wave, today)
            proved = ON_THEIR_WAY.get(code, max(FEWEST_PROVED, round(many * SHARE_PROVED)))
            for one in range(max(many, proved + FEWEST_BY_WORD)):
                yield from _person(dice, wave, code, middle, today, one < proved)
    yield from _burst(dice, waves[-2])


def concern_of(dice: Dice, response: Response) -> Concern | None:
    """The reason for a low score: for most who give one, at a place in their district."""
    about = response.questionnaire.lowest
    if about is None or not response.questionnaire.reason or not dice.happens(NAMES_A_PLACE):
        return None
    home = DISTRICTS[response.district]
    latitude = home.latitude + dice.gauss(0, PLACE_SPREAD_DEGREES)
    longitude = home.longitude + dice.gauss(0, PLACE_SPREAD_DEGREES)
    district = district_of(latitude, longitude)
    if district is None or district.code != response.district:
        return Concern(about)
    return Concern(about, "", round(latitude, 5), round(longitude, 5))


def steps_of(today: date) -> list[Step]:
    """The steps of all waves: each opens on its first day; past ones are closed on their last."""
    steps = []
    for wave in last_waves(today):
        for kind, day in ((StepKind.OPENED, wave.first_day), (StepKind.CLOSED, wave.last_day)):
            if day < today or kind is StepKind.OPENED:
                at = datetime.combine(day, OFFICE_HOUR, HANGZHOU)
                steps.append(Step(wave.wave_id, kind, LATEST_QUESTIONNAIRE, None, at))
    return steps


def answered_themes(
    dice: Dice, raised: Sequence[Raised], today: date
) -> Iterator[tuple[ThemeAnswer, list[str]]]:
    """Answers of staff to the themes raised most, each with the body that answers."""
    for theme in themes(raised)[:ANSWERED_THEMES]:
        last = max(one.raised_on for one in theme.raised)
        day = min(last + timedelta(days=dice.randint(1, 12)), today)
        at = datetime.combine(day, OFFICE_HOUR, HANGZHOU)
        status = Status.DONE if dice.happens(0.7) else Status.DOING
        words = dice.choice(phrases("done" if status is Status.DONE else "doing"))
        answer = ThemeAnswer(theme.district, theme.dimension, status, words, at, is_demo=True)
        yield answer, [one.token for one in theme.raised]


def last_waves(today: date) -> list[Wave]:
    """The last five quarters, the earliest first."""
    wave = Wave(today.year, (today.month + 2) // 3)
    waves = [wave]
    while len(waves) < WAVES:
        wave = Wave(wave.year - (wave.quarter == 1), (wave.quarter - 2) % 4 + 1)
        waves.append(wave)
    return waves[::-1]


def _how_many(dice: Dice, code: str, reach: float, wave: Wave, today: date) -> int:
    """The number of a district's responses: by its people, its reach, and the days so far."""
    length = (wave.last_day - wave.first_day).days + 1
    gone = min((today - wave.first_day).days + 1, length) / length
    people = DISTRICTS[code].population_2020 / 10_000
    many = people * reach * dice.lognormvariate(0, 0.25) * gone
    return round(min(max(many, FEWEST), MOST))


def _burst(dice: Dice, wave: Wave) -> Iterator[Response]:
    """The same highest scores many times, from one network on one day."""
    form = Questionnaire(dict.fromkeys(Dimension, ANSWERS[-1]))
    day = wave.first_day + timedelta(days=FAKED_ON_DAY)
    network = f"{dice.getrandbits(128):032x}"
    for _ in range(FAKES):
        token = f"{dice.getrandbits(256):064x}"
        beside = Circumstances(network=network)
        yield _response(dice, wave, token, 1, BURST_DISTRICT, form, day, beside)


def _person(
    dice: Dice, wave: Wave, district: str, middle: float, today: date, has_proof: bool
) -> Iterator[Response]:
    token = f"{dice.getrandbits(256):064x}"
    mood = middle + dice.gauss(0, BETWEEN_PEOPLE)
    days = (min(today, wave.last_day) - wave.first_day).days
    last = min(days, PROVED_WITHIN_DAYS) if has_proof else days
    day = wave.first_day + timedelta(days=dice.randint(0, last))
    first = _questionnaire(dice, mood)
    proof = dice.choices(list(PROOFS), list(PROOFS.values()))[0]
    beside = Circumstances(tier=proof if has_proof else Tier.SELF_DECLARED)
    yield _response(dice, wave, token, 1, district, first, day, beside)
    if dice.happens(CHANGES_MIND):
        again = _questionnaire(dice, mood)
        if again != first:
            yield _response(dice, wave, token, 2, district, again, day, beside)


def _questionnaire(dice: Dice, mood: float) -> Questionnaire:
    answers = {
        dimension: _answer(dice, mood + leaning)
        for dimension, leaning in LEANINGS.items()
        if dimension is Dimension.OVERALL or not dice.happens(CANNOT_SAY)
    }
    why = dice.choice(phrases("why")) if dice.happens(SAYS_WHY) else ""
    return Questionnaire(answers, why).as_kept


def _answer(dice: Dice, mood: float) -> int:
    return min(max(round(dice.gauss(mood, WITHIN_PEOPLE)), ANSWERS[0]), ANSWERS[-1])


def _response(
    dice: Dice,
    wave: Wave,
    token: str,
    turn: int,
    district: str,
    form: Questionnaire,
    day: date,
    beside: Circumstances,
) -> Response:
    response_id = dice.random_id()
    return Response(response_id, wave.wave_id, token, turn, district, form, day, True, beside)
