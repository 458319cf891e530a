"""Five quarters of ratings: districts differ a little, samples a lot, as in a true pulse."""

from collections.abc import Iterator
from datetime import date, timedelta

from observations.demo.dice import Dice
from observations.demo.phrases import phrases
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import ANSWERS, Dimension
from observations.satisfaction.responses import Questionnaire, Response
from observations.satisfaction.waves import Wave

WAVES = 5
FEWEST, MOST = 2, 400
# How far each dimension lies from the middle of the scale's better half (4), in answers.
USUAL = 3.95
LEANINGS = {
    Dimension.AIR: 0.05,
    Dimension.WATER: 0.1,
    Dimension.NOISE: -0.5,
    Dimension.WASTE: 0.0,
    Dimension.GREEN: 0.25,
    Dimension.VOICE: -0.3,
    Dimension.OVERALL: 0.1,
}
BETWEEN_DISTRICTS, BETWEEN_PEOPLE, WITHIN_PEOPLE = 0.16, 0.55, 0.6
TREND_A_WAVE = 0.03
CANNOT_SAY = 0.06
SAYS_WHY = 0.3
CHANGES_MIND = 0.04


def ratings(dice: Dice, today: date) -> Iterator[Response]:
    """Every answer of the last five quarters, the one that runs (Asia/Shanghai) included."""
    waves = last_waves(today)
    leanings = {code: dice.gauss(0, BETWEEN_DISTRICTS) for code in DISTRICTS}
    reach = {code: dice.lognormvariate(0, 0.6) for code in DISTRICTS}
    for number, wave in enumerate(waves):
        for code in DISTRICTS:
            middle = USUAL + leanings[code] + TREND_A_WAVE * number
            for _ in range(_how_many(dice, code, reach[code], wave, today)):
                yield from _person(dice, wave, code, middle, today)


def last_waves(today: date) -> list[Wave]:
    """The last five quarters, the earliest first."""
    wave = Wave(today.year, (today.month + 2) // 3)
    waves = [wave]
    while len(waves) < WAVES:
        wave = Wave(wave.year - (wave.quarter == 1), (wave.quarter - 2) % 4 + 1)
        waves.append(wave)
    return waves[::-1]


def _how_many(dice: Dice, code: str, reach: float, wave: Wave, today: date) -> int:
    """Answers of a district: by its people, by how far word has spread, by the days gone by."""
    length = (wave.last_day - wave.first_day).days + 1
    gone = min((today - wave.first_day).days + 1, length) / length
    people = DISTRICTS[code].population_2020 / 10_000
    many = people * reach * dice.lognormvariate(0, 0.25) * gone
    return round(min(max(many, FEWEST), MOST))


def _person(
    dice: Dice, wave: Wave, district: str, middle: float, today: date
) -> Iterator[Response]:
    token = f"{dice.getrandbits(256):064x}"
    mood = middle + dice.gauss(0, BETWEEN_PEOPLE)
    days = (min(today, wave.last_day) - wave.first_day).days
    day = wave.first_day + timedelta(days=dice.randint(0, days))
    first = _questionnaire(dice, mood)
    yield _response(dice, wave, token, 1, district, first, day)
    if dice.happens(CHANGES_MIND):
        again = _questionnaire(dice, mood)
        if again != first:
            yield _response(dice, wave, token, 2, district, again, day)


def _questionnaire(dice: Dice, mood: float) -> Questionnaire:
    given = {
        dimension: _answer(dice, mood + leaning)
        for dimension, leaning in LEANINGS.items()
        if dimension is Dimension.OVERALL or not dice.happens(CANNOT_SAY)
    }
    why = dice.choice(phrases("why")) if dice.happens(SAYS_WHY) else ""
    return Questionnaire(given, why).as_kept


def _answer(dice: Dice, mood: float) -> int:
    return min(max(round(dice.gauss(mood, WITHIN_PEOPLE)), ANSWERS[0]), ANSWERS[-1])


def _response(
    dice: Dice, wave: Wave, token: str, turn: int, district: str, form: Questionnaire, day: date
) -> Response:
    return Response(dice.random_id(), wave.wave_id, token, turn, district, form, day, is_demo=True)
