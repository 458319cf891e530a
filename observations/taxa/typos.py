"""Finding words typed with one error: a letter missing, added, wrong, or swapped with the next.

Every word is in one sorted array, under itself and under each form with one letter left out; the
typed text is looked up in the same forms. Words with a common form differ by about one error, and
are then compared letter by letter. 100,000 words of 12 letters take about 10 MB and 60 µs a
look-up.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

PLACE_BITS = 24  # room for 16 million words
HASH_BITS = 64 - PLACE_BITS
HASH_MASK = (1 << HASH_BITS) - 1
PLACE_MASK = (1 << PLACE_BITS) - 1
HEAPS = 256  # sorted in parts: one sort of millions would stop every other thread for a second
SHORTEST = 4  # one error in three letters makes another word of nearly every one


class TypoIndex:
    """An index of words by forms with one typing error. Upper and lower case are the same."""

    def __init__(self, words: Iterable[str]) -> None:
        """Build it from the words, which may repeat."""
        self._words = sorted({word for word in words if len(word) >= SHORTEST})
        self._keys = _sorted_keys(self._words)

    def near(self, typed: str) -> list[str]:
        """The words that differ by one error, in alphabetical order, without the word itself."""
        if len(typed) < SHORTEST - 1:
            return []
        places = {place for short in _shortened(typed) for place in self._under(short)}
        words = (self._words[place] for place in sorted(places))
        return [word for word in words if is_one_typo(typed, word.lower())]

    def _under(self, short: str) -> Iterator[int]:
        key = hash(short) & HASH_MASK
        at = bisect_left(self._keys, key << PLACE_BITS)
        while at < len(self._keys) and self._keys[at] >> PLACE_BITS == key:
            yield self._keys[at] & PLACE_MASK
            at += 1


def is_one_typo(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with one error; False where they are the same."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), -1)
    if start < 0:
        return True  # one is the other with one letter more
    one, other = typed[start:], word[start:]
    return (
        one[1:] == other
        or one == other[1:]
        or one[1:] == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def _sorted_keys(words: Iterable[str]) -> "array[int]":
    heaps: list[array[int]] = [array("Q") for _ in range(HEAPS)]
    for place, word in enumerate(words):
        for short in _shortened(word.lower()):
            key = hash(short) & HASH_MASK
            heaps[key * HEAPS >> HASH_BITS].append(key << PLACE_BITS | place)
    keys = array("Q")
    for number, heap in enumerate(heaps):
        keys.extend(sorted(heap))
        heaps[number] = array("Q")
    return keys


def _shortened(word: str) -> set[str]:
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
