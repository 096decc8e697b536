"""What is counted about names by itself, every night."""

from datetime import datetime

from motcua.people import actions


def count_common_words(at: datetime) -> int:
    """Count which words many names hold, so that a search knows how to go about them; how many counts are kept."""
    return actions.count_common_words()
