"""What may be done to the catalogue."""

from motcua.catalogue.actions.bundling import load_bundles
from motcua.catalogue.actions.importing import import_catalogue
from motcua.catalogue.actions.operating import OperationFacts, load_operated, operate, stop_operating

__all__ = ["OperationFacts", "import_catalogue", "load_bundles", "load_operated", "operate", "stop_operating"]
