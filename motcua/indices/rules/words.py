"""Words of the rules, kept in Vietnamese; whoever shows them translates them."""


def _(msgid: str) -> str:
    """Mark a sentence for the translators without translating it here."""
    return msgid
