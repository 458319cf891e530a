"""Invented decisions at the desk, for each sighting and each action with a photo."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from observations.base.clock import HANGZHOU, day_of
from observations.demo.desk import Step
from observations.demo.dice import Dice
from observations.demo.phrases import phrases
from observations.demo.sightings import Sighting
from observations.verification.decisions import Reason, Verdict

STILL_WAITING = 40
# Most of them are the latest ones; a few are difficult ones of the last weeks.
LATEST_OF_THEM = 28
HARD_ONES_FROM = 400
ASKED_LATELY = timedelta(days=21)
ANSWERED_LATELY = timedelta(days=6)
SAID = {
    "accept": 0.785,
    "accept_after_question": 0.025,
    "accept_twice": 0.035,
    "plausible": 0.05,
    "reject": 0.07,
    "withhold": 0.01,
    "withdraw": 0.005,
    "ask": 0.02,
}
REASONS = {
    Reason.PHOTO_UNCLEAR: 5.0,
    Reason.NOT_ENOUGH: 4.0,
    Reason.WRONG_NAME: 3.0,
    Reason.WRONG_PLACE_OR_TIME: 1.0,
    Reason.NOT_OWN_PHOTO: 0.6,
    Reason.NOT_NATURE: 0.8,
}


@dataclass(frozen=True)
class Verifiers:
    """The two verifiers; the second one reviews a few decisions again."""

    first: UUID
    second: UUID


class Stories:
    """Makes the decisions on one subject at a time."""

    def __init__(self, dice: Dice, verifiers: Verifiers, now: datetime) -> None:
        self._dice, self._verifiers, self._now = dice, verifiers, now

    def of_sighting(self, sighting: Sighting) -> list[Step]:
        """The decisions on a sighting that no longer waits."""
        sent = sighting.submitted_at
        plot = self._dice.pick(SAID)
        needs_name = sighting.report.taxon_id != sighting.truth.taxon_id
        if needs_name and plot in ("accept_twice", "withhold"):
            plot = "accept"
        if not sighting.report.photos and plot == "accept":
            plot = "plausible" if self._dice.happens(0.1) else plot
        return self._kept_to_now(self._steps_of(plot, sent))

    def of_action(self, logged_at: datetime) -> list[Step]:
        """The decisions on an action with a photo."""
        when = self._working_time_after(logged_at)
        if self._dice.happens(0.9):
            steps = [self._staff(Verdict.ACCEPT, when)]
        else:
            [message] = phrases("rejected_action")
            reason = Reason.PHOTO_UNCLEAR
            steps = [self._staff(Verdict.REJECT, when, reason=reason, message=message)]
        return self._kept_to_now(steps)

    def _steps_of(self, plot: str, sent: datetime) -> list[Step]:
        when = self._working_time_after(sent)
        if plot == "plausible":
            return [self._staff(Verdict.PLAUSIBLE, when, rules_out=True)]
        if plot == "reject":
            return [self._rejected(when)]
        if plot == "withhold":
            return [self._staff(Verdict.WITHHOLD, when)]
        if plot == "withdraw":
            return [Step(Verdict.WITHDRAW, sent + timedelta(minutes=self._dice.randint(3, 90)))]
        if plot == "ask":
            return self._question_steps(when)
        if plot == "accept_after_question":
            question, reply = self._question(when), self._answer(when)
            accepted_at = self._working_time_after(reply.said_at)
            return [question, reply, self._staff(Verdict.ACCEPT, accepted_at)]
        accepted = self._staff(Verdict.ACCEPT, when)
        if plot == "accept_twice":
            again = self._working_time_after(when)
            return [accepted, Step(Verdict.ACCEPT, again, self._verifiers.second)]
        return [accepted]

    def _question_steps(self, when: datetime) -> list[Step]:
        """A question, and what follows: an answer, or after three weeks a rejection."""
        steps = [self._question(when)]
        if self._now - when > ASKED_LATELY:
            return [*steps, self._rejected(when + ASKED_LATELY, Reason.NOT_ENOUGH)]
        if self._now - when < ANSWERED_LATELY:
            steps.append(self._answer(when))
        return steps

    def _question(self, when: datetime) -> Step:
        return self._staff(Verdict.QUERY, when, message=self._dice.choice(phrases("question")))

    def _answer(self, asked_at: datetime) -> Step:
        answered_at = asked_at + timedelta(hours=self._dice.uniform(1, 30))
        return Step(Verdict.ANSWER, answered_at, message=self._dice.choice(phrases("answer")))

    def _rejected(self, when: datetime, reason: Reason | None = None) -> Step:
        why = reason or self._dice.pick(REASONS)
        message = self._dice.choice(phrases(str(why)))
        return self._staff(Verdict.REJECT, when, reason=why, message=message)

    def _staff(
        self,
        verdict: Verdict,
        when: datetime,
        reason: Reason | None = None,
        message: str = "",
        rules_out: bool = False,
    ) -> Step:
        return Step(verdict, when, self._verifiers.first, reason, message, rules_out)

    def _working_time_after(self, moment: datetime) -> datetime:
        """A moment from 9 to 18 o'clock in Asia/Shanghai, later that day or soon after."""
        local = moment.astimezone(HANGZHOU) + timedelta(minutes=self._dice.randint(20, 240))
        if not 9 <= local.hour < 18:
            day = day_of(local) + timedelta(days=1 if local.hour >= 18 else 0)
            local = datetime.combine(day, time(9), HANGZHOU)
            local += timedelta(minutes=self._dice.randint(0, 480))
        return local + timedelta(days=self._dice.choice((0, 0, 0, 1, 1, 2)))

    def _kept_to_now(self, steps: list[Step]) -> list[Step]:
        """The steps up to now."""
        return [step for step in steps if step.said_at < self._now]


def still_waiting(sightings: list[Sighting], dice: Dice) -> set[UUID]:
    """The sightings without a decision, earliest first."""
    ids = [sighting.report.occurrence_id for sighting in sightings]
    latest, before = ids[-LATEST_OF_THEM:], ids[-HARD_ONES_FROM:-LATEST_OF_THEM]
    return {*latest, *dice.sample(before, STILL_WAITING - LATEST_OF_THEM)}
