"""Words for a kind of living thing that people put after a name or leave out: 樟树, 白鹭鸟."""

import re

from observations.taxa.taxon import Group

MOST = 2  # 桃花树
_PLANT = frozenset({Group.PLANT})
_ANIMAL = frozenset(Group) - {Group.PLANT, Group.FUNGUS}
_SMALL = frozenset({Group.INSECT, Group.OTHER_INVERTEBRATE})
_WORDS: dict[str, frozenset[Group]] = {
    **dict.fromkeys(("树", "木", "花", "草", "藤", "菜", "果", "叶", "苗", "植物"), _PLANT),
    **dict.fromkeys(("菌", "菇", "蘑菇", "蕈"), frozenset({Group.FUNGUS})),
    **dict.fromkeys(("鸟", "鸟儿"), frozenset({Group.BIRD})),
    **dict.fromkeys(("鱼", "魚"), frozenset({Group.FISH, Group.AMPHIBIAN})),
    **dict.fromkeys(("蛙", "青蛙"), frozenset({Group.AMPHIBIAN})),
    **dict.fromkeys(("蛇", "龟"), frozenset({Group.REPTILE})),
    **dict.fromkeys(("虫", "虫子"), _SMALL),
    **dict.fromkeys(("蝴蝶", "蝶", "蛾", "飞蛾", "蜻蜓", "甲虫"), frozenset({Group.INSECT})),
    **dict.fromkeys(("蜘蛛", "虾", "蟹", "螃蟹", "螺"), frozenset({Group.OTHER_INVERTEBRATE})),
    "动物": _ANIMAL,
    "子": frozenset(Group),
    "儿": frozenset(Group),
}
_END = re.compile(f"(.+?)({'|'.join(sorted(_WORDS, key=len, reverse=True))})")
_LAST = frozenset(word[-1] for word in _WORDS)


def stems(name: str) -> list[tuple[str, frozenset[Group]]]:
    """A Chinese name without its last class word, then without the one before.

    Each with the groups that the words belong to; [] for a name without one, or that is one.
    """
    ways: list[tuple[str, frozenset[Group]]] = []
    while name[-1:] in _LAST and len(ways) < MOST and (match := _END.fullmatch(name)):
        name, word = match.groups()
        ways.append((name, ways[-1][1] & _WORDS[word] if ways else _WORDS[word]))
    return ways
