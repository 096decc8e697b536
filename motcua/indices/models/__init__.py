"""Figures of the index that no dossier tells: typed, with their evidence."""

from motcua.indices.models.typed import TypedFigure

__all__ = ["TypedFigure"]
