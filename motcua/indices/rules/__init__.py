"""How a score is made from numerators and denominators: pure, the weights come as data."""

from motcua.indices.rules.nine import DossierMarks, NineLimits, UnitMarks, score_dossier, score_unit, sum_up
from motcua.indices.rules.reading import Fault, Figure, read_figures
from motcua.indices.rules.scoring import Band, GroupScore, Indicator, Line, Score, find_band, rank, score

__all__ = [
    "Band",
    "DossierMarks",
    "Fault",
    "Figure",
    "GroupScore",
    "Indicator",
    "Line",
    "NineLimits",
    "Score",
    "UnitMarks",
    "find_band",
    "rank",
    "read_figures",
    "score",
    "score_dossier",
    "score_unit",
    "sum_up",
]
