"""A festival's poster, certificates and report, as PDF."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from observations.base.wording import N_, translate
from observations.festivals.festival import Festival
from observations.festivals.result import Result, TeamLine, firsts
from observations.festivals.richness import richness_of
from observations.festivals.tent_wall import spots
from observations.places.districts import DISTRICTS
from pages.parts.festivals.paper import HEIGHT, MARGIN, WIDTH, Paper

CODE_MM, CURVE_MM = 92.0, 58.0
MOST_FINDS, FEWEST = 24, 20
CITY, DEMO = N_("全市"), N_("演示数据")
JOIN = N_("扫码加入一个队，不用账号；或打开“观察节”，输入这六位数字")
THANKS = N_("谢谢你们，让这座城多知道了一点。")
FOUND = N_("在 {days} 的“{name}”里，{people} 个人找到了 {species} 种，{sightings} 次遇见经过核实。")
PERSON, OF_TEAM = N_("姓名"), N_("{team} 的一员")
TITLE, REPORT = N_("观察证书"), N_("观察节结果")
TEAM_HEADS = (N_("队伍"), N_("种数"), N_("遇见数"), N_("参加的人"))
CURVE, MAP, FIRSTS = N_("种数怎样涨上来"), N_("在哪里遇见"), N_("谁先找到")
COMPLETE = N_("至少有 {low}–{high} 种（Chao1，95% 区间），样本覆盖度 {coverage}。")
STANDS = N_("{day} 定下，签了名；谁都能用公开的数据重算。")
OPEN = N_("还在核实，数字会变。")


def poster(festival: Festival, address: str, language: str) -> bytes:
    """The poster: name, days and place, a large QR code, the digits, and the rules."""
    paper = _paper(festival, festival.name, language)
    paper.set_y(34)
    paper.words(festival.name, 44, paper.lake, "C")
    paper.words(days_of(festival, language), 19, align="C")
    paper.words(place_of(festival, language), 15, paper.soft, "C")
    y = paper.get_y() + 10
    paper.code(f"{address}/festival?code={festival.code}", (WIDTH - CODE_MM) / 2, y, CODE_MM)
    paper.set_y(y + CODE_MM + 6)
    paper.words(f"{festival.code[:3]} {festival.code[3:]}", 40, paper.lake, "C")
    paper.words(translate(JOIN, language), 13, paper.soft, "C")
    if festival.rules:
        paper.ln(5)
        paper.words(festival.rules, 11, align="C")
    return bytes(paper.output())


def certificates(whole: Result, language: str) -> bytes:
    """Of each team with a confirmed sighting: a page for the team, and one for a person's name."""
    festival = whole.festival
    paper = _paper(festival, translate(TITLE, language), language, is_empty=True)
    for row in whole.rows:
        if not row.tally.confirmed:
            continue
        for is_person in (False, True):
            _certificate(paper, festival, row, is_person, language)
    if not paper.pages:
        _page(paper, festival, language)
        paper.words(translate(OPEN, language), 16, align="C")
    return bytes(paper.output())


def _certificate(
    paper: Paper, festival: Festival, row: TeamLine, is_person: bool, language: str
) -> None:
    """A page for a team, or for one of its people, whose name is written by hand."""
    _page(paper, festival, language)
    paper.set_y(58)
    paper.words(translate(TITLE, language), 44, paper.lake, "C")
    paper.ln(16)
    if is_person:
        paper.words(f"{translate(PERSON, language)} " + "_" * 18, 22, align="C")
        paper.words(translate(OF_TEAM, language).format(team=row.team.name), 16, align="C")
    else:
        paper.words(row.team.name, 38, align="C")
    paper.ln(12)
    text = translate(FOUND, language).format(
        days=days_of(festival, language),
        name=festival.name,
        people=row.tally.people,
        species=row.tally.species,
        sightings=row.tally.confirmed,
    )
    paper.words(text, 16, align="C")
    paper.ln(8)
    paper.words(translate(THANKS, language), 16, paper.lake, "C")


def report(whole: Result, language: str) -> bytes:
    """The result: its numbers, every team, the curve, the map, who met which species first."""
    festival = whole.festival
    paper = _paper(festival, festival.name, language, is_empty=True)
    _page(paper, festival, language, is_drawn=False)
    paper.words(translate(REPORT, language), 12, paper.soft)
    paper.words(festival.name, 30, paper.lake)
    place = place_of(festival, language)
    paper.words(f"{days_of(festival, language)} · {place}", 12)
    paper.words(_standing(whole, language), 10, paper.soft)
    paper.ln(4)
    named = [(row.team.name, row.tally) for row in whole.rows]
    lines = [
        (name, f"{own.species:,}", f"{own.confirmed:,}", f"{own.people:,}")
        for name, own in (*named, (translate(N_("合计"), language), whole.whole))
    ]
    paper.rows([translate(head, language) for head in TEAM_HEADS], lines)
    _pictures(paper, whole, language)
    _finds(paper, whole, language)
    return bytes(paper.output())


def _standing(whole: Result, language: str) -> str:
    if not whole.sheets:
        return translate(OPEN, language)
    day = _day(whole.sheets[0].made_at.date(), language)
    return translate(STANDS, language).format(day=day)


def _pictures(paper: Paper, whole: Result, language: str) -> None:
    rich, there = richness_of(whole), spots(whole)
    if not there:
        return
    paper.ln(8)
    if paper.get_y() > HEIGHT - 165:
        paper.add_page()
    paper.words(translate(MAP, language), 16, paper.lake)
    y = paper.get_y() + 2
    paper.set_y(y + paper.city(there, MARGIN, y, WIDTH - 2 * MARGIN) + 6)
    if rich is None or rich.encounters < FEWEST:
        return
    if paper.get_y() > HEIGHT - 110:
        paper.add_page()
    paper.words(translate(CURVE, language), 16, paper.lake)
    text = translate(COMPLETE, language).format(
        low=round(rich.chao1.low),
        high=round(rich.chao1.high),
        coverage=f"{rich.coverage.value:.0%}",
    )
    paper.words(text, 10, paper.soft)
    y = paper.get_y() + 4
    paper.curve(rich, MARGIN + 10, y, WIDTH - 2 * MARGIN - 12, CURVE_MM)
    paper.set_y(y + CURVE_MM + 14)


def _finds(paper: Paper, whole: Result, language: str) -> None:
    entries = firsts(whole)[:MOST_FINDS]
    if not entries:
        return
    if paper.get_y() > HEIGHT - 9 * (len(entries) + 4):
        paper.add_page()
    paper.words(translate(FIRSTS, language), 16, paper.lake)
    lines: list[Sequence[str]] = []
    for entry in entries:
        name = (language == "en" and entry.english_name) or entry.vernacular_name
        team = whole.team_of(entry)
        lines.append((f"{name}  {entry.scientific_name}", team.name if team else "–"))
    heads = translate(N_("物种"), language), translate(N_("队伍"), language)
    paper.rows(heads, lines)


def _paper(festival: Festival, title: str, language: str, is_empty: bool = False) -> Paper:
    paper = Paper(title)
    if not is_empty:
        _page(paper, festival, language)
    return paper


def _page(paper: Paper, festival: Festival, language: str, is_drawn: bool = True) -> None:
    """A new page in a frame; one of the demo says so."""
    paper.add_page()
    if is_drawn:
        paper.hills()
        paper.frame()
    if festival.is_demo:
        paper.words(translate(DEMO, language), 10, paper.soft)


def days_of(festival: Festival, language: str) -> str:
    """Its days in words, with the year."""
    first, last = (_day(day, language) for day in (festival.first_day, festival.last_day))
    return first if first == last else f"{first} – {last}"


def place_of(festival: Festival, language: str) -> str:
    """Its districts, or the whole city."""
    names = [DISTRICTS[code].name(language) for code in festival.districts]
    return translate(N_("、"), language).join(names) or translate(CITY, language)


def _day(day: date, language: str) -> str:
    return str(format_date(day, "long", locale="en" if language == "en" else "zh_Hans_CN"))
