"""What is asked of the index of the house itself."""

from motcua.indices.queries.around import (
    PEERS,
    Point,
    Risk,
    find_peers,
    find_place,
    find_risk,
    find_trend,
)
from motcua.indices.queries.live import COUNTED, find_ranks, find_scores, get_figures, get_score
from motcua.indices.queries.lost import Loss, find_loss
from motcua.indices.queries.nine import FACTS, NineFact, NineScore, find_officers, find_units, get_nine
from motcua.indices.queries.notes import find_notes
from motcua.indices.queries.typed import find_typed

__all__ = [
    "COUNTED",
    "FACTS",
    "PEERS",
    "Loss",
    "NineFact",
    "NineScore",
    "Point",
    "Risk",
    "find_loss",
    "find_notes",
    "find_officers",
    "find_peers",
    "find_place",
    "find_ranks",
    "find_risk",
    "find_scores",
    "find_trend",
    "find_typed",
    "find_units",
    "get_figures",
    "get_nine",
    "get_score",
]
