"""What may be asked of the catalogue."""

from motcua.catalogue.models import BUNDLE_ORDERS, PART_STARTS, START_RULES
from motcua.catalogue.queries.bundles import (
    BundlePartView,
    BundleView,
    VersionView,
    find_bundle_versions,
    find_bundles,
    find_part_case,
    get_bundle,
    get_bundle_version,
)
from motcua.catalogue.queries.kept import forget
from motcua.catalogue.queries.listing import (
    ProcedureRow,
    count_procedures,
    find_codes_of_fields,
    find_fields,
    find_missing_codes,
    find_names,
    find_operated_choices,
    find_procedures,
    get_procedure,
    search,
    search_public,
)
from motcua.catalogue.queries.published import PublishedFacts, find_published
from motcua.catalogue.queries.retention import KeptFor, find_retentions
from motcua.catalogue.queries.sheet import (
    Case,
    ComponentView,
    FeeView,
    IntakeSheet,
    LimitView,
    ResultView,
    get_intake_sheet,
    get_public_sheet,
)

__all__ = [
    "BUNDLE_ORDERS",
    "PART_STARTS",
    "START_RULES",
    "BundlePartView",
    "BundleView",
    "VersionView",
    "find_bundle_versions",
    "find_bundles",
    "find_part_case",
    "get_bundle",
    "get_bundle_version",
    "Case",
    "ComponentView",
    "FeeView",
    "IntakeSheet",
    "KeptFor",
    "LimitView",
    "ProcedureRow",
    "PublishedFacts",
    "ResultView",
    "count_procedures",
    "find_codes_of_fields",
    "find_fields",
    "find_missing_codes",
    "find_names",
    "find_operated_choices",
    "find_procedures",
    "find_published",
    "find_retentions",
    "forget",
    "get_intake_sheet",
    "get_procedure",
    "get_public_sheet",
    "search",
    "search_public",
]
