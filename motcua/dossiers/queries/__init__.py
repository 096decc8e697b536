"""What is asked of dossiers."""

from motcua.dossiers.queries.clock import brief_clock, explain_clock, preview_due, recompute_due
from motcua.dossiers.queries.competence import (
    find_agency_choices,
    find_candidates,
    find_competent,
    find_deciding_agencies,
    find_places,
)
from motcua.dossiers.queries.history import (
    HistoryLine,
    find_difference,
    find_events,
    get_history,
    recompute_state,
)
from motcua.dossiers.queries.inbox import TABS, InboxRow, count_tabs, find_inbox
from motcua.dossiers.queries.lists import (
    count_received,
    find_favourite_codes,
    find_favourites,
    find_open_of_person,
    find_possible_duplicates,
    find_register,
    find_saved_list,
    search,
)
from motcua.dossiers.queries.narrowing import Narrowing
from motcua.dossiers.queries.numbers import find_all_series, find_gaps, find_series, find_voided
from motcua.dossiers.queries.onward import NextStep, StepBack, find_next_steps, find_steps_back
from motcua.dossiers.queries.reading import (
    ActView,
    allowed_acts,
    find_opinions,
    find_printings,
    find_results,
    get_dossier,
    get_file,
    get_parties,
    get_parts,
    get_tasks,
    name_unit,
)
from motcua.dossiers.queries.tracking import Tracking, get_tracking

__all__ = [
    "TABS",
    "ActView",
    "HistoryLine",
    "InboxRow",
    "Narrowing",
    "NextStep",
    "StepBack",
    "Tracking",
    "allowed_acts",
    "brief_clock",
    "count_received",
    "count_tabs",
    "explain_clock",
    "find_agency_choices",
    "find_all_series",
    "find_candidates",
    "find_competent",
    "find_deciding_agencies",
    "find_difference",
    "find_events",
    "find_favourite_codes",
    "find_favourites",
    "find_gaps",
    "find_inbox",
    "find_next_steps",
    "find_open_of_person",
    "find_opinions",
    "find_places",
    "find_possible_duplicates",
    "find_printings",
    "find_register",
    "find_results",
    "find_saved_list",
    "find_series",
    "find_steps_back",
    "find_voided",
    "get_dossier",
    "get_file",
    "get_history",
    "get_parties",
    "get_parts",
    "get_tasks",
    "get_tracking",
    "name_unit",
    "preview_due",
    "recompute_due",
    "recompute_state",
    "search",
]
