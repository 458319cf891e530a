"""The method behind the figures: weights, tiers, answers set apart, the official survey."""

from markupsafe import Markup

from observations.satisfaction.concern import STATUS_NAMES, ThemeAnswer
from observations.satisfaction.dimensions import NAMES
from observations.satisfaction.figures.board import Board
from observations.satisfaction.figures.estimates import SHOWN_FROM
from observations.satisfaction.figures.manipulation import REASON_NAMES
from observations.satisfaction.figures.ranking import RANKED_FROM
from observations.satisfaction.figures.weighting import MOST_TIMES_THE_MEAN
from observations.satisfaction.margins import CITY
from observations.satisfaction.official import DIMENSION_NAMES, TOTAL, OfficialScore
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.publication.renewal import LEAST_STEP
from observations.satisfaction.publication.rounding import OWN_INTERVAL_FROM
from observations.satisfaction.tiers import TRUST, Tier
from pages.parts import cards
from pages.parts.wave_words import place_name
from pages.parts.wording import _

CHINESE = Markup('<span lang="zh">{}</span>')
LINE = Markup(
    '<li><span class="g-grow">{}<br><span class="g-sub">{}</span></span>'
    '<b class="g-num">{}</b></li>'
)
SHOWN_ANSWERS = 6


def answers(shown: Publication) -> Markup:
    """How many low scores were answered, how fast, and with which result."""
    speed = shown.speed
    if not shown.answers and speed is None:
        return Markup("")
    lines = Markup("").join(_given(answer) for answer in shown.answers[:SHOWN_ANSWERS])
    parts = [cards.heading(_("不满意的，办了多少"))]
    if speed:
        parts.append(cards.sub(_speed(speed.raised, speed.answered, speed.median_days)))
    parts.append(Markup('<ul class="g-list">{}</ul>').format(lines))
    return cards.card(*parts, kind="g-after")


def made_of(board: Board) -> Markup:
    """What the wave's figures rest on, and the answers set apart."""
    parts = [
        cards.heading(_("这些数怎么算出来的")),
        cards.sub(_weights()),
        cards.sub(_margins(board)),
        Markup('<h3 class="g-h3 g-after">{}</h3>').format(_("谁算进名次")),
        cards.sub(_who_counts()),
        Markup('<h3 class="g-h3 g-after">{}</h3>').format(_("像商量好的回答")),
        _apart(board),
    ]
    return cards.card(*parts, kind="g-after")


def reading() -> Markup:
    """An explanation of ranks and intervals."""
    text = _(
        "圆点是得分，色带是 95% 区间。名次是范围：真正的名次有 95% 的把握在里面，"
        "一个也分不出来的写“分不出高下”。"
        "± 是升降的 95% 区间：比升降还大，就说不准。"
        "1 到 5 的回答换算成 0 到 100 分；排名只看“总体”一题，因为各个方面各该占多少，"
        "没有公开的依据，让每个人自己掂量最公道。"
        "有居住证明的少于 {ranked} 份不排名，少于 {shown} 份不公布。"
    ).format(ranked=RANKED_FROM, shown=SHOWN_FROM)
    caution = _("这是本应用自己的季度问卷，愿意答的人答，不是随机抽样，也不是省里的年度调查。")
    return cards.card(cards.named(_("怎么看这张榜"), text), cards.sub(caution), kind="g-after")


def publishing() -> Markup:
    """What is published when, and why so little and so rarely."""
    text = _(
        "开放的时候，每星期一零点公布一次，关上的时候再公布一次；平时谁来看、看几次，都是同一组数。"
        "一个区的一题，要有 {step} 个人以上新答了或改了，数字才换，不然上一次的先留着："
        "这样，前后两次一减，减不出哪一个人。份数只写到整十：“{shown}+ 份”是 10 到 19 份。"
        "不到 {own} 份的，区间不按这些回答算，写的是这个得分最宽的可能；再多的，放宽一点再写。"
        "像商量好的、说了为什么的、工作人员答复的，不到 {shown} 个人就不公布。"
        "有人删掉自己的资料，已经公布的数不变。"
    ).format(step=LEAST_STEP, shown=SHOWN_FROM, own=OWN_INTERVAL_FROM)
    return cards.card(cards.named(_("什么时候公布，公布什么"), text), kind="g-after")


def official(scores: list[OfficialScore]) -> Markup:
    """The province's official survey, shown beside this site's figures, never mixed in."""
    if not scores:
        return Markup("")
    year = scores[0].year
    latest = [score for score in scores if score.year == year]
    latest.sort(key=lambda score: (score.scope, score.dimension != TOTAL))
    lines = [_published(score) for score in latest]
    method = _(
        "全省的年度调查另算：每年秋天一次，随机电话访问，由省统计局民生民意调查中心完成。"
        "题目和算法与这里不同，两边的分数不能放在一起比。"
    )
    unknown = Markup("")
    if not any(score.scope == CITY for score in scores):
        unknown = cards.sub(_("杭州全市的得分没有查到公开数字。"))
    head = _("省里的年度调查（{year} 年）").format(year=year)
    whole = Markup('<b>{}</b><ul class="g-list">{}</ul>{}{}')
    body = whole.format(head, Markup("").join(lines), cards.sub(method), unknown)
    return cards.card(body, kind="g-after")


def _given(answer: ThemeAnswer) -> Markup:
    about = _("{place} · {what}").format(
        place=place_name(answer.district), what=_(NAMES[answer.dimension])
    )
    kind = "ok" if answer.status == "done" else ""
    badge = cards.badge(_(STATUS_NAMES[answer.status]), kind, "ok" if kind else "clock")
    words = CHINESE.format(answer.words)
    return Markup('<li><span class="g-grow"><b>{}</b><br>{}</span>{}</li>').format(
        about, words, badge
    )


def _speed(raised: int, answered: int, days: float | None) -> str:
    """In tens; where fewer than ten were answered only how many raised something."""
    if not answered:
        return _("这一季有 {raised}+ 人说了为什么。").format(raised=raised)
    counts = _("这一季有 {raised}+ 人说了为什么，{answered}+ 人的已经答复").format(
        raised=raised, answered=answered
    )
    if days is None:
        return _("{counts}。").format(counts=counts)
    return _("{counts}，一半在 {days} 天之内。").format(counts=counts, days=f"{days:g}")


def _who_counts() -> str:
    """Why ranks rest on proof, in a neighbour's words."""
    return _(
        "谁都能用许多个浏览器、许多个网络交许多份回答，说自己住在这里。所以名次、区间、升降、"
        "热图的颜色只算证明了住在那里的人：工作人员看过证明的，和当面领到居住码的，"
        "一张码只能一个人用一次。没有证明的回答不丢掉：和有证明的一起算出另一个数，"
        "写在旁边，每份算 {trust}，从不排名。"
    ).format(trust=f"{TRUST[Tier.SELF_DECLARED]:g}")


def _weights() -> str:
    return _(
        "一个区里按人口配权（rake），谁也不超过平均的 {cap} 倍；全市由各区已公布的数按人口合成。"
    ).format(cap=f"{MOST_TIMES_THE_MEAN:g}")


def _margins(board: Board) -> str:
    names = {"district": _("区县市人口"), "age": _("年龄"), "sex": _("性别")}
    sources = dict.fromkeys((row.variable, row.source, row.source_year) for row in board.margins)
    lines = [
        _("{name}：{source}").format(name=names[variable], source=_(source))
        for variable, source, _year in sources
    ]
    return _("配权的依据 · {sources}").format(sources=_("；").join(lines))


def _apart(board: Board) -> Markup:
    if not board.apart:
        return cards.sub(_("没有，或者不到 {count} 份。").format(count=SHOWN_FROM))
    lines = [
        LINE.format(
            _(REASON_NAMES[reason]),
            _("合在一起，只算碰巧会有的那么几份；一份也没有删，工作人员看过可以恢复。"),
            _("{count}+ 份").format(count=f"{count:,}"),
        )
        for reason, count in board.apart.items()
    ]
    return Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines))


def _published(score: OfficialScore) -> Markup:
    name = f"{place_name(score.scope)} · {_(DIMENSION_NAMES[score.dimension])}"
    source = Markup(_("来源：{source}")).format(source=CHINESE.format(score.source))
    return LINE.format(name, source, score.score)
