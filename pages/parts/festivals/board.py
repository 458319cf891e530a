"""A festival's board: each team so far and after checking, one's own goal, who found what first."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from observations.base.clock import day_of
from observations.festivals.counting import Tally, tally
from observations.festivals.festival import Festival, Membership
from observations.festivals.forecast import Expected, Interval
from observations.festivals.result import Result, TeamLine, firsts, ranked
from observations.festivals.sheet import Sheet, public_key
from pages.parts import cards, ways
from pages.parts.dates import day_words, written
from pages.parts.festivals.complete import complete
from pages.parts.festivals.missions import missions
from pages.parts.festivals.standing import standing
from pages.parts.runtime import settings, store
from pages.parts.session import Visitor
from pages.parts.url_choice import url_choice
from pages.parts.wording import _, language

TABLE = Markup(
    '<table class="g-board"><caption class="g-sr">{}</caption><thead><tr><th scope="col">{}</th>'
    '<th scope="col" class="g-num">{}</th><th scope="col">{}</th></tr></thead>'
    "<tbody>{}</tbody></table>"
)
ROW = Markup(
    '<tr{}><th scope="row">{}<small>{}</small></th><td class="g-num">{}</td>'
    '<td class="g-num">{}</td></tr>'
)
FIRSTS = Markup(
    '<table class="g-board"><caption class="g-sr">{}</caption><thead><tr><th scope="col">{}</th>'
    '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
)
FIRST = Markup('<tr><th scope="row">{}<small>{}</small></th><td class="g-num">{}</td></tr>')
BOLD = Markup("<b>{}</b>")
KEY = Markup('<p class="g-sub"><code class="g-key">{}</code></p>')
TWO = Markup('<b class="g-one">{}</b><small>{}</small>')
MINE = Markup(' class="mine"')
LINK = Markup('<a href="/sighting?id={}">{}</a>')
GOALS = (1, 3, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300)
MOST_FIRSTS = 12


def board(festival: Festival, mine: Membership | None, who: Visitor, now: datetime) -> None:
    """One's own goal, then the teams, by name unless another order is chosen; then the firsts."""
    names = {"name": _("按队名"), "number": _("按已确认")}
    order = url_choice(_("怎么排"), names, "order", "name")
    whole = standing(festival)
    if not whole.rows:
        text = _("第一个加入的人给队起个名字，队友用同样的名字加入。")
        cards.show(cards.empty("festival", _("还没有队伍加入"), text))
        return
    if whole.sheets:
        cards.show(_standing(whole.sheets, festival))
    own = mine.team.team_id if mine and mine.festival == festival else None
    if own and who.observer:
        cards.show(_goal(whole, who))
    if own and mine and day_of(now) <= festival.last_day:
        cards.show(missions(mine, whole))
    listed = ranked(whole.rows) if order == "number" else whole.rows
    rows = [_row(row, row.team.team_id == own, bool(whole.sheets)) for row in listed]
    rows.append(_line("", _("合计"), whole.whole, whole.expected, bool(whole.sheets)))
    heads = (_("种数"), _("遇见数")) if whole.sheets else (_("到现在"), _("预计核实后"))
    table = TABLE.format(_("各队的遇见"), _("队伍"), *heads, Markup("").join(rows))
    cards.show(cards.card(cards.heading(_("各队的遇见")), table))
    cards.show(_targets(whole), _firsts(whole, now), complete(whole))


def _row(row: TeamLine, is_mine: bool, is_frozen: bool) -> Markup:
    kind = MINE if is_mine else ""
    return _line(kind, row.team.name, row.tally, row.expected, is_frozen)


def _standing(sheets: Sequence[Sheet], festival: Festival) -> Markup:
    """That the result stands, what was corrected since, and how to check it."""
    days = [written(day_of(sheet.made_at), _("M 月 d 日")) for sheet in sheets]
    text = _("{day} 定下，签了名。").format(day=days[0])
    if len(sheets) > 1:
        text += _("后来更正 {times} 次，最近在 {day}；每一张都留着。").format(
            times=len(sheets) - 1, day=days[-1]
        )
    how = _("下载里有结果单、记录清单和一个脚本：谁都能用公开的数据重新算一遍。公钥：")
    links = ways.row(
        cards.button(_("下载结果单"), f"/api/v1/festivals/result.zip?id={festival.festival_id}"),
        cards.button(
            _("表格"), f"/api/v1/festivals/result.csv?id={festival.festival_id}", quiet=True
        ),
    )
    key = KEY.format(public_key(settings().secret))
    return cards.card(cards.named(_("结果定了"), text), cards.sub(how), key, links)


def _line(kind: str, name: str, own: Tally, expected: Expected | None, is_frozen: bool) -> Markup:
    if is_frozen:
        small = _("{people} 人").format(people=own.people)
        return ROW.format(kind, name, small, BOLD.format(f"{own.species:,}"), f"{own.confirmed:,}")
    small = _("{people} 人 · 已确认 {species} 种").format(people=own.people, species=own.species)
    so_far = TWO.format(_kinds(own.species_so_far), _times(own.so_far))
    if expected is None:
        return ROW.format(kind, name, small, so_far, TWO.format("–", ""))
    later = TWO.format(_kinds(expected.species), _times(expected.encounters))
    return ROW.format(kind, name, small, so_far, later)


def _kinds(number: int | Interval) -> str:
    return _("{number} 种").format(number=_range(number))


def _times(number: int | Interval) -> str:
    return _("{number} 次").format(number=_range(number))


def _range(number: int | Interval) -> str:
    if isinstance(number, int):
        return f"{number:,}"
    ends = f"{number.low:,}", f"{number.high:,}"
    return ends[0] if number.low == number.high else "–".join(ends)


def _goal(whole: Result, who: Visitor) -> Markup:
    """The visitor's own species, and how many are missing to the next step."""
    assert who.observer is not None
    mine = who.observer.observer_id
    own = tally([e for e in whole.count.encounters if e.first.observer_id == mine])
    species = own.species_so_far
    goal = next((goal for goal in GOALS if goal > species), species)
    text = _("还差 {missing} 种就到 {goal} 种。只和自己比。").format(
        missing=goal - species, goal=goal
    )
    name = _("你找到了 {species} 种").format(species=species)
    return cards.card(cards.row(name, text), cards.bar(species / goal if goal else 0))


def _targets(whole: Result) -> Markup:
    """The species to look for, those that were met first."""
    wanted = store().taxa.taxa_of(whole.festival.targets) if whole.festival.targets else {}
    if not wanted:
        return cards.NOTHING
    met = {entry.taxon_id for entry in firsts(whole)}
    chips = [
        cards.chip(taxon.name(language()), "check" if taxon.taxon_id in met else "", "")
        for taxon in sorted(wanted.values(), key=lambda taxon: taxon.taxon_id not in met)
    ]
    note = _("{met} / {all} 找到了").format(met=len(met & set(wanted)), all=len(wanted))
    row = Markup('<p class="g-chips">{}</p>').format(cards.NOTHING.join(chips))
    return cards.card(cards.heading(_("要找的物种"), note), row, kind="g-after")


def _firsts(whole: Result, now: datetime) -> Markup:
    """Who met which species first, of what is confirmed."""
    today, rows = day_of(now), []
    for entry in firsts(whole)[:MOST_FIRSTS]:
        team = whole.team_of(entry)
        words = entry.english_name if language() == "en" else entry.vernacular_name
        name = LINK.format(entry.public_id, words or entry.scientific_name)
        who = team.name if team else _("一个小队")
        rows.append((name, who, day_words(day_of(entry.event_date), today)))
    if not rows:
        return cards.NOTHING
    lines = (FIRST.format(*row) for row in rows)
    table = FIRSTS.format(_("谁先找到"), _("物种"), _("哪天"), Markup("").join(lines))
    note = _("已确认的；不到三个人的队不写队名。")
    return cards.card(cards.heading(_("谁先找到"), note), table, kind="g-after")
