"""What is done to units and postings."""

from motcua.organisations.actions.absences import (
    AbsenceFacts,
    end_absence,
    end_signing,
    grant_signing,
    record_absence,
)
from motcua.organisations.actions.importing import ImportReport, Problem, import_postings, import_units
from motcua.organisations.actions.moving_units import Carried, carry_out_units, take_back_units
from motcua.organisations.actions.officers import (
    FirstPassword,
    register_officer,
    remove_second_factor,
    renew_password,
)
from motcua.organisations.actions.postings import PostingFacts, appoint, end_assignment, note_post_chosen
from motcua.organisations.actions.reference import load_reference_units
from motcua.organisations.actions.reorganising import (
    NewUnit,
    ReorganisationFacts,
    drop_reorganisation,
    mark_done,
    mark_failed,
    mark_undone,
    place_lines,
    plan_from_successions,
    plan_reorganisation,
    require_done,
    require_planned,
    schedule_reorganisation,
)
from motcua.organisations.actions.tokens import count_call, issue_token, revoke_token
from motcua.organisations.actions.units import (
    UnitFacts,
    change_unit,
    close_unit,
    correct_unit,
    create_unit,
    get_facts,
    mark_changed,
    move_unit,
    rename_unit,
)

__all__ = [
    "Carried",
    "NewUnit",
    "ReorganisationFacts",
    "carry_out_units",
    "drop_reorganisation",
    "mark_done",
    "mark_failed",
    "mark_undone",
    "place_lines",
    "plan_from_successions",
    "plan_reorganisation",
    "require_done",
    "require_planned",
    "schedule_reorganisation",
    "take_back_units",
    "AbsenceFacts",
    "end_absence",
    "end_signing",
    "grant_signing",
    "record_absence",
    "FirstPassword",
    "ImportReport",
    "PostingFacts",
    "Problem",
    "UnitFacts",
    "appoint",
    "change_unit",
    "close_unit",
    "correct_unit",
    "count_call",
    "create_unit",
    "end_assignment",
    "get_facts",
    "import_postings",
    "import_units",
    "issue_token",
    "load_reference_units",
    "mark_changed",
    "move_unit",
    "note_post_chosen",
    "register_officer",
    "remove_second_factor",
    "rename_unit",
    "renew_password",
    "revoke_token",
]
