"""The status of a record in words, and what comes next."""

from collections.abc import Sequence
from uuid import UUID

from markupsafe import Markup

from observations.base.wording import N_
from observations.occurrences.occurrence import Occurrence, PublicOccurrence
from observations.verification.decisions import REASON_NAMES, Decision, Verdict
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from pages.parts import cards
from pages.parts.runtime import store
from pages.parts.wording import _

NOT_ACCEPTED = (
    VerificationStatus.NOT_ACCEPTED_INCORRECT,
    VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY,
)
WORDS = {
    VerificationStatus.UNCONFIRMED: N_("在等核实员看，一般两天内有回音。"),
    VerificationStatus.PLAUSIBLE: N_("核实员看过：很可能就是它。"),
    VerificationStatus.ACCEPTED_CONSIDERED_CORRECT: N_("核实过：就是它。"),
    VerificationStatus.ACCEPTED_CORRECT: N_("两位核实员都看过：就是它。"),
    VerificationStatus.QUERIED: N_("核实员想问一句，在等回答。"),
    VerificationStatus.ANSWERED: N_("回答收到了，等核实员再看一眼。"),
    VerificationStatus.NOT_ACCEPTED_INCORRECT: N_("没有采用：对不上。"),
    VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY: N_("没有采用：看不出来。"),
}
WITHDRAWN = N_("这条记录已被撤回，别人看不到它。")
AUTOMATIC = N_("照片、地点和时节都对得上，按规则自动采用了；核实员会抽查。")
WITHHELD = N_("暂时不公开，只有记录的人和工作人员看得到。")


def latest_of(record: Occurrence) -> Decision | None:
    """The latest decision on the record, if any."""
    return store().verification.decision(record.decision_id) if record.decision_id else None


def latest_of_each(records: Sequence[Occurrence]) -> dict[UUID, Decision]:
    """The latest decision on each of these records, by the record's id."""
    decision_ids = [record.decision_id for record in records if record.decision_id]
    decisions = store().verification.decisions_with(decision_ids).values()
    return {decision.subject_id: decision for decision in decisions}


def badge(record: Occurrence, latest: Decision | None) -> Markup:
    """The badge of a record in a list; `latest` is the result of `latest_of`."""
    status = record.verification_status
    if record.release_status == ReleaseStatus.WITHHELD and status not in NOT_ACCEPTED:
        if latest and latest.verdict is Verdict.WITHDRAW:
            return withdrawn()
        return cards.state("withheld")
    if status == VerificationStatus.UNCONFIRMED and record.taxon_id is None:
        return cards.badge(_("待认"), "", "search")
    return cards.state(status)


def withdrawn() -> Markup:
    """The badge of a record that its observer withdrew."""
    return cards.badge(_("已撤回"), "", "back")


def explained(record: Occurrence, latest: Decision | None) -> str:
    """The status of the record and its reason, for its observer.

    `latest` is the result of `latest_of`.
    """
    if latest and latest.verdict is Verdict.WITHDRAW:
        return _(WITHDRAWN)
    if latest and latest.is_automatic:
        return _(AUTOMATIC)
    if latest and latest.reason:
        reason = _(REASON_NAMES[latest.reason])
        why = _("没有采用：{reason}。补得上的话，再记一次。").format(reason=reason)
        return f"{why} {_(latest.message)}" if latest.message else why
    if record.release_status == ReleaseStatus.WITHHELD:
        return _(WITHHELD)
    return words(record)


def words(record: Occurrence | PublicOccurrence) -> str:
    """What the verification status means."""
    return _(WORDS[VerificationStatus(record.verification_status)])
