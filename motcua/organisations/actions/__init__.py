"""What is done to units and postings."""

from motcua.organisations.actions.postings import PostingFacts, appoint, end_assignment, note_post_chosen
from motcua.organisations.actions.reference import load_reference_units
from motcua.organisations.actions.units import (
    UnitFacts,
    change_unit,
    close_unit,
    correct_unit,
    create_unit,
    mark_changed,
    move_unit,
    rename_unit,
)

__all__ = [
    "PostingFacts", "UnitFacts", "appoint", "change_unit", "close_unit", "correct_unit", "create_unit",
    "end_assignment", "load_reference_units", "mark_changed", "move_unit", "note_post_chosen", "rename_unit",
]
