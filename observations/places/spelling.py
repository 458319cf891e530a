"""How the name of a place is folded and spelt, for search: characters, pinyin, initials."""

import unicodedata
from functools import cache
from itertools import islice, product

import opencc
from pypinyin import Style, lazy_pinyin, pinyin

MOST_SPELLINGS = (
    8  # 长桥 is changqiao and zhangqiao: few names have more than three such characters
)
READINGS = 2  # of a character; a third one is of no place
_simplify = opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Lower case, simplified, without tones, accents and punctuation, with single spaces."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c if c.isalnum() else " " for c in spread if not unicodedata.combining(c))
    return " ".join(plain.split()) if plain.isascii() else " ".join(simplified(plain).split())


def simplified(text: str) -> str:
    """Each traditional character as its simplified one, whatever stands beside it.

    By word, as is usual, 乾 of a name typed to its half would differ from 乾 of the whole.
    """
    return "".join(map(_simplified, text))


@cache
def _simplified(character: str) -> str:
    return character if character.isascii() else _simplify.convert(character)


def sound_of(text: str) -> str:
    """The likeliest pinyin, without spaces."""
    return "".join(_letters(syllable) for syllable in lazy_pinyin(text, style=Style.NORMAL))


def spellings(name: str) -> list[tuple[str, ...]]:
    """The syllables of a Chinese name, the likeliest reading first; letters and digits as such."""
    likeliest = [s for s in map(_letters, lazy_pinyin(name, style=Style.NORMAL)) if s]
    others = pinyin(name, style=Style.NORMAL, heteronym=True)
    ways = [list(dict.fromkeys(s for s in map(_letters, way) if s))[:READINGS] for way in others]
    readings = islice(product(*(way for way in ways if way)), MOST_SPELLINGS)
    return list(dict.fromkeys([tuple(likeliest), *readings]))


def _letters(syllable: str) -> str:
    return as_typed(fold(syllable).replace(" ", ""))


def as_typed(letters: str) -> str:
    """Letters of pinyin without the ü that keyboards lack: 绿 is typed lv, lu and lü."""
    return letters.replace("lv", "lu").replace("nv", "nu")
