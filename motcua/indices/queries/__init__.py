"""What is asked of the index of the house itself."""

from motcua.indices.queries.live import COUNTED, find_ranks, find_scores, get_score
from motcua.indices.queries.lost import Loss, find_loss
from motcua.indices.queries.typed import find_typed

__all__ = ["COUNTED", "Loss", "find_loss", "find_ranks", "find_scores", "find_typed", "get_score"]
