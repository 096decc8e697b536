"""Figures of the index that no dossier tells: typed, with their evidence; and what is written of a week."""

from motcua.indices.models.notes import WeeklyNote
from motcua.indices.models.typed import TypedFigure

__all__ = ["TypedFigure", "WeeklyNote"]
