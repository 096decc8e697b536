"""What is asked of answers."""

from motcua.feedback.queries.finding import (
    Rated,
    find_at_counter,
    find_by_key,
    find_dossier,
    find_follow_ups,
    find_visible,
    is_rated,
    read_comment,
)
from motcua.feedback.queries.listing import Wanted, find_answered
from motcua.feedback.queries.tallying import (
    count_contents,
    find_disliked,
    tally,
    tally_agencies,
    tally_fields,
)

__all__ = [
    "Rated",
    "Wanted",
    "count_contents",
    "find_answered",
    "find_at_counter",
    "find_by_key",
    "find_disliked",
    "find_dossier",
    "find_follow_ups",
    "find_visible",
    "is_rated",
    "read_comment",
    "tally",
    "tally_agencies",
    "tally_fields",
]
