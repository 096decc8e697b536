"""Words of the rules, kept in Vietnamese; the pages translate them when they show them."""


def _(msgid: str) -> str:
    """Mark a sentence for the translators without translating it here."""
    return msgid
