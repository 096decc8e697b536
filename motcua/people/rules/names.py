"""How a folded name is laid out so that its words are found in any order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations

_WORD = re.compile("[0-9A-Za-z]+")
# Names of people have hardly more words than these; those of organisations do, and pairs of twenty words are hundreds.
MOST_PAIRED = 6
LONG = "~"
# Behind this mark it is kept how many names hold one word; two words are kept as turned names begin.
ALONE = "="
_BITS = 63  # all fit into what the database calls bigint
# With this factor the commonest words of names in this country, and how they begin, are told apart.
_SPREAD = 25


def words_of(folded: str) -> tuple[str, ...]:
    """The words of a folded name or question, punctuation aside."""
    if folded.isascii():
        return tuple(_WORD.findall(folded))
    spaced = "".join(letter if letter.isalnum() else " " for letter in folded)
    return tuple(spaced.split())


def turn_name(folded: str) -> tuple[str, ...]:
    """The name turned so that each two of its words come first once, either before the other, and the rest follows.

    `nguyen van an` gives `nguyen van an `, `nguyen an van `, `van nguyen an `, `van an nguyen `, `an nguyen van `, `an van
    nguyen `: two words of a question are a prefix, and the others are found in the same index entry without reading the
    name itself. Every word is ended by a space, the last one too. A name of more than `MOST_PAIRED` words is turned word
    by word, behind the mark `LONG`.
    """
    words = words_of(folded)
    return tuple(dict.fromkeys(_turn_by_word(words) if len(words) > MOST_PAIRED else _turn_by_pair(words)))


def _turn_by_pair(words: Sequence[str]) -> Iterator[str]:
    if len(words) == 1:
        yield f"{words[0]} "
    for first, second in permutations(range(len(words)), 2):
        rest = (word for place, word in enumerate(words) if place not in (first, second))
        yield " ".join((words[first], words[second], *rest, ""))


def _turn_by_word(words: Sequence[str]) -> Iterator[str]:
    return (LONG + " ".join((*words[start:], *words[:start], "")) for start in range(len(words)))


def gather_initials(words: Iterable[str], unfinished: Iterable[str] = ()) -> int:
    """The words of a name as bits of one number: how each begins (two letters), and the word itself.

    Of names that hold given words the number has all bits of these words; of others seldom. So a walk of thousands of
    dossiers passes by the others without reading their names.

    :param unfinished: more words, of which only the letters there are known
    """
    held = 0
    for word in words:
        held |= _mark(word)
    for word in unfinished:
        held |= _bit(word[:2]) if len(word) > 1 else 0
    return held


@lru_cache(maxsize=4096)
def _mark(word: str) -> int:
    """A space ends the word: its beginning too, where the word has one letter."""
    ended = word + " "
    return _bit(ended[:2]) | _bit(ended)


def _bit(letters: str) -> int:
    number = 0
    for letter in letters:
        number = (number * _SPREAD + ord(letter)) % _BITS
    return 1 << number
