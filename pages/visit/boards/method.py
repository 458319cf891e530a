"""The method behind the figures: weights, tiers, answers set apart, the official survey."""

from markupsafe import Markup

from observations.satisfaction.concern import STATUS_NAMES, ThemeAnswer
from observations.satisfaction.dimensions import NAMES
from observations.satisfaction.figures.board import Board
from observations.satisfaction.figures.estimates import SHOWN_FROM
from observations.satisfaction.figures.manipulation import REASON_NAMES
from observations.satisfaction.figures.ranking import RANKED_FROM
from observations.satisfaction.margins import CITY
from observations.satisfaction.official import DIMENSION_NAMES, TOTAL, OfficialScore
from observations.satisfaction.themes import how_fast
from observations.satisfaction.tiers import TIER_NAMES, TRUST
from pages.parts import cards
from pages.parts.runtime import store
from pages.parts.wave_words import place_name
from pages.parts.wording import _

CHINESE = Markup('<span lang="zh">{}</span>')
LINE = Markup(
    '<li><span class="g-grow">{}<br><span class="g-sub">{}</span></span>'
    '<b class="g-num">{}</b></li>'
)
SHOWN_ANSWERS = 6


def answers(wave_id: str) -> Markup:
    """How many low scores were answered, how fast, and with which result."""
    theme_answers = store().satisfaction.answers(wave_id)
    speed = how_fast(store().satisfaction.raised(wave_id))
    if not theme_answers and speed is None:
        return Markup("")
    lines = Markup("").join(_given(answer) for answer in theme_answers[:SHOWN_ANSWERS])
    parts = [cards.heading(_("不满意的，办了多少"))]
    if speed:
        parts.append(cards.sub(_speed(speed.raised, speed.answered, speed.median_days)))
    parts.append(Markup('<ul class="g-list">{}</ul>').format(lines))
    return cards.card(*parts, kind="g-after")


def made_of(board: Board) -> Markup:
    """The wave's weights, its tiers, and the answers set apart."""
    if not board.weights.people:
        return Markup("")
    parts = [
        cards.heading(_("这些数怎么算出来的")),
        cards.sub(_weights(board)),
        cards.sub(_margins(board)),
        Markup('<h3 class="g-h3 g-after">{}</h3>').format(_("按居住的把握分三档")),
        Markup('<ul class="g-list">{}</ul>').format(_tiers(board)),
        Markup('<h3 class="g-h3 g-after">{}</h3>').format(_("放在一边、不计入的回答")),
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
        "没有公开的依据，让每个人自己掂量最公道。少于 {ranked} 份不排名，少于 {shown} 份不公布。"
    ).format(ranked=RANKED_FROM, shown=SHOWN_FROM)
    caution = _("这是本应用自己的季度问卷，愿意答的人答，不是随机抽样，也不是省里的年度调查。")
    return cards.card(cards.named(_("怎么看这张榜"), text), cards.sub(caution), kind="g-after")


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
    counts = _("这一季有 {raised} 人说了为什么，{answered} 人的已经答复").format(
        raised=raised, answered=answered
    )
    if days is None:
        return _("{counts}。").format(counts=counts)
    return _("{counts}，一半在 {days} 天之内。").format(counts=counts, days=f"{days:g}")


def _weights(board: Board) -> str:
    weights = board.weights
    text = _(
        "{people} 份回答按人口配权（rake），相当于 {effective} 份一样重的回答（有效样本量）。"
        "权重从 {smallest} 到 {largest}，平均是 1；在一个区里，谁也不超过平均的 {cap} 倍，"
        "有 {trimmed} 份被削到这个上限。"
    )
    return text.format(
        people=f"{weights.people:,}",
        effective=f"{weights.effective:,.0f}",
        smallest=f"{weights.smallest:.2f}",
        largest=f"{weights.largest:.2f}",
        cap=f"{weights.cap:g}",
        trimmed=_few(weights.trimmed),
    )


def _few(count: int) -> str:
    return f"<{SHOWN_FROM}" if 0 < count < SHOWN_FROM else f"{count:,}"


def _margins(board: Board) -> str:
    names = {"district": _("区县市人口"), "age": _("年龄"), "sex": _("性别")}
    sources = dict.fromkeys((row.variable, row.source, row.source_year) for row in board.margins)
    lines = [
        _("{name}：{source}").format(name=names[variable], source=_(source))
        for variable, source, _year in sources
    ]
    return _("配权的依据 · {sources}").format(sources=_("；").join(lines))


def _tiers(board: Board) -> Markup:
    lines = []
    for tier, shown in board.tiers.items():
        weight = _("配权前每份算 {weight}").format(weight=f"{TRUST[tier]:g}")
        if shown is None:
            fact, score = _("回答太少，或会推算出别人，不公布"), "—"
        else:
            fact = _("{count} 份，{low}–{high}").format(
                count=f"{shown.n:,}", low=f"{shown.low:.1f}", high=f"{shown.high:.1f}"
            )
            score = f"{shown.mean:.1f}"
        lines.append(LINE.format(_(TIER_NAMES[tier]), f"{weight} · {fact}", score))
    return Markup("").join(lines)


def _apart(board: Board) -> Markup:
    if not board.apart:
        return cards.sub(_("这一季没有。"))
    lines = [
        LINE.format(
            _(REASON_NAMES[reason]),
            _("网络只以每季更换的暗码相认，没有人查得出是谁。"),
            _("不到 {count} 份").format(count=SHOWN_FROM)
            if count is None
            else _("{count} 份").format(count=f"{count:,}"),
        )
        for reason, count in board.apart.items()
    ]
    return Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines))


def _published(score: OfficialScore) -> Markup:
    name = f"{place_name(score.scope)} · {_(DIMENSION_NAMES[score.dimension])}"
    source = Markup(_("来源：{source}")).format(source=CHINESE.format(score.source))
    return LINE.format(name, source, score.score)
