"""How a folded name is laid out so that its words are found in any order."""

import re

_WORD = re.compile("[0-9A-Za-z]+")


def words_of(folded: str) -> tuple[str, ...]:
    """The words of a folded name or question, punctuation aside."""
    if folded.isascii():
        return tuple(_WORD.findall(folded))
    spaced = "".join(letter if letter.isalnum() else " " for letter in folded)
    return tuple(spaced.split())


def turn_name(folded: str) -> tuple[str, ...]:
    """The name turned so that each of its words comes first once.

    `nguyen van an` gives `nguyen van an`, `van an nguyen`, `an nguyen van`: a question starting with any word is a
    prefix, and the other words are found in the same index entry without reading the name itself.
    """
    words = words_of(folded)
    turned = (" ".join((*words[start:], *words[:start])) for start in range(len(words)))
    return tuple(dict.fromkeys(turned))
