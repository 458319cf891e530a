"""Ready words for a refusal or a question, by group and by how long somebody has been with us."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from observations.base.wording import N_
from observations.taxa.taxon import Group
from observations.verification.decisions import Verdict

ANSWERABLE = (Verdict.QUERY, Verdict.REJECT)
"""The verdicts that have ready words."""
NEWCOMER_BELOW = 10  # sightings sent


class Audience(StrEnum):
    """Whom a reply is for."""

    EVERYONE = "everyone"
    NEWCOMER = "newcomer"
    REGULAR = "regular"


AUDIENCE_NAMES = MappingProxyType(
    {
        Audience.EVERYONE: N_("所有人"),
        Audience.NEWCOMER: N_("新来的"),
        Audience.REGULAR: N_("常来的"),
    }
)


@dataclass(frozen=True)
class Reply:
    """Words for a verdict; `group_code` None: whatever the group."""

    reply_id: UUID
    verdict: Verdict
    group_code: str | None
    audience: Audience
    words: str

    def fits(self, verdict: Verdict, group_code: str | None, sent: int) -> bool:
        """Whether it is for this verdict, this group and somebody who sent so many sightings."""
        return (
            self.verdict is verdict
            and self.group_code in (None, group_code)
            and self.audience in (Audience.EVERYONE, audience_of(sent))
        )


def audience_of(sent: int) -> Audience:
    """Whether somebody who sent so many sightings is new."""
    return Audience.NEWCOMER if sent < NEWCOMER_BELOW else Audience.REGULAR


# What a new store has; staff change them. The words are translated where they are read, as long as
# nobody has changed them.
_EVERYONE, _NEW, _REGULAR = Audience.EVERYONE, Audience.NEWCOMER, Audience.REGULAR
FIRST_REPLIES = (
    (Verdict.QUERY, None, _EVERYONE, N_("当时它在什么样的地方？水边、林子里，还是路边？")),
    (Verdict.QUERY, None, _EVERYONE, N_("它有多大？和麻雀比，或者和手掌比都行。")),
    (Verdict.QUERY, Group.PLANT, _EVERYONE, N_("它是野生的，还是有人种的、养的？")),
    (Verdict.QUERY, None, _EVERYONE, N_("地图上的点，是你看见它的地方吗？")),
    (Verdict.QUERY, None, _EVERYONE, N_("你是从哪里认出它的？叫声、叶子、花，都可以说说。")),
    (
        Verdict.REJECT,
        None,
        _NEW,
        N_("谢谢你拍下它。这一张看不清要认的地方，下次靠近一点、多拍一个角度，就好认了。"),
    ),
    (
        Verdict.REJECT,
        None,
        _NEW,
        N_("认错很平常，我们也常认错。点开记录，看看别人拍的同一种长什么样。"),
    ),
    (Verdict.REJECT, None, _REGULAR, N_("照片不够定到种。有别的角度，随时再交一次。")),
    (Verdict.REJECT, Group.PLANT, _EVERYONE, N_("植物请连叶子带花或果一起拍，叶背也拍一张。")),
    (Verdict.REJECT, Group.INSECT, _EVERYONE, N_("昆虫请从正上方拍一张，再从侧面拍一张。")),
    (Verdict.REJECT, Group.FUNGUS, _EVERYONE, N_("蘑菇请把菌盖下面和根部也拍进来。")),
)
