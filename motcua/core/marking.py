"""Sentences of the rules: kept in Vietnamese where no language is known, translated by the pages that show them."""


def _(msgid: str) -> str:
    """Mark a sentence for the translators without translating it here."""
    return msgid
