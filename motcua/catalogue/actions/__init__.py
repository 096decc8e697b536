"""What may be done to the catalogue."""

from motcua.catalogue.actions.bundling import (
    BundleFacts,
    BundlePartFacts,
    drop_bundle,
    end_bundle,
    load_bundles,
    require_new_day,
    state_bundle,
)
from motcua.catalogue.actions.importing import import_catalogue
from motcua.catalogue.actions.operating import OperationFacts, load_operated, operate, stop_operating

__all__ = [
    "BundleFacts",
    "BundlePartFacts",
    "drop_bundle",
    "require_new_day",
    "end_bundle",
    "state_bundle",
    "OperationFacts",
    "import_catalogue",
    "load_bundles",
    "load_operated",
    "operate",
    "stop_operating",
]
