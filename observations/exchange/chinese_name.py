"""The Chinese names in a cell, and whether the cell expresses a doubt or a choice between them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from observations.exchange.survey_file.words import words
from observations.taxa.typed_name import fold, undressed

REMEMBERED = 20_000
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_APART = re.compile(r"[/|\u3001,;&+]| x |(?<=[^a-z])[x*](?=[^a-z])|[?]|\band\b|\bor\b")
_BRACKETS = re.compile(r"[(\[{\u3010\u3014<]([^)\]}\u3011\u3015>]*)[)\]}\u3011\u3015>]?")


@dataclass(frozen=True, slots=True)
class Chinese:
    """The names, folded and without what people put around one."""

    names: tuple[str, ...] = ()
    is_doubtful: bool = False


@lru_cache(REMEMBERED)
def chinese_names(text: str) -> Chinese:
    """The Chinese names in a text; none where it has no Chinese letter."""
    if not _HAN.search(text):
        return Chinese()
    folded = fold(text.replace("\u00d7", " x "))
    outside, inside = _BRACKETS.sub(" ", folded), _BRACKETS.findall(folded)
    doubts = "|".join(sorted(words("doubt"), key=len, reverse=True))
    is_doubtful = "?" in folded or re.search(doubts, folded) is not None
    pieces = [re.sub(doubts, "|", part) for part in (outside, *inside)]
    # a second name in brackets is the same organism's; two beside each other are a choice
    choices = [piece for piece in _APART.split(pieces[0]) if _HAN.search(piece)]
    is_doubtful |= len(choices) > 1
    named = [*choices, *(one for piece in pieces[1:] for one in _APART.split(piece))]
    bare = (undressed(piece).replace(" ", "") for piece in named)
    return Chinese(tuple(dict.fromkeys(one for one in bare if _HAN.search(one))), is_doubtful)
