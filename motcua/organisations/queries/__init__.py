"""What is asked of units and postings; every question names its day."""

from motcua.organisations.queries.postings import (
    PostingView,
    find_assignment,
    find_assignments,
    find_officers,
    find_officers_of,
    find_postings_of,
    get_actor,
)
from motcua.organisations.queries.tree import Tree, UnitView, forget_trees, get_tree
from motcua.organisations.queries.units import (
    SuccessionView,
    find_predecessors,
    find_successors,
    find_unit_by_agency_code,
    find_unit_by_code,
    find_units,
    find_versions,
    get_agency_of,
    get_calendar_code,
    get_centre_of,
    get_identity,
    get_lineage,
    get_name,
    get_subtree,
    get_unit,
)

__all__ = [
    "PostingView", "SuccessionView", "Tree", "UnitView", "find_assignment", "find_assignments", "find_officers",
    "find_officers_of", "find_postings_of", "find_predecessors", "find_successors", "find_unit_by_agency_code",
    "find_unit_by_code", "find_units", "find_versions", "forget_trees", "get_actor", "get_agency_of",
    "get_calendar_code", "get_centre_of", "get_identity", "get_lineage", "get_name", "get_subtree", "get_tree", "get_unit",
]
