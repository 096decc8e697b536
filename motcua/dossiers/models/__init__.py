"""What is kept of a dossier."""

from motcua.dossiers.models.consignment import Consignment, ConsignmentItem
from motcua.dossiers.models.disposal import Disposal, DisposedDossier
from motcua.dossiers.models.dossier import Dossier, Involvement
from motcua.dossiers.models.explanations import Explanation
from motcua.dossiers.models.exporting import Export
from motcua.dossiers.models.filing import Filing, FilingPaper, FilingRequest, FilingWish
from motcua.dossiers.models.history import Event, Note
from motcua.dossiers.models.joint import Joint, JointPart, Transfer
from motcua.dossiers.models.numbers import Counter, Result, Series
from motcua.dossiers.models.parts import Part, PartFile, Party
from motcua.dossiers.models.preferences import Favourite, SavedList
from motcua.dossiers.models.printing import Printing
from motcua.dossiers.models.relocation import Relocation
from motcua.dossiers.models.slips import SlipReturn
from motcua.dossiers.models.turns import (
    LateDossier,
    PromiseChange,
    Reminder,
    SupplementRequest,
    Suspension,
)
from motcua.dossiers.models.work import Opinion, Task

__all__ = [
    "Consignment",
    "ConsignmentItem",
    "Counter",
    "Disposal",
    "DisposedDossier",
    "Dossier",
    "Event",
    "Explanation",
    "Export",
    "Favourite",
    "Filing",
    "FilingPaper",
    "FilingRequest",
    "FilingWish",
    "Involvement",
    "Joint",
    "JointPart",
    "LateDossier",
    "Note",
    "Opinion",
    "Part",
    "PartFile",
    "Party",
    "Printing",
    "PromiseChange",
    "Relocation",
    "Reminder",
    "Result",
    "SavedList",
    "Series",
    "SupplementRequest",
    "Suspension",
    "Task",
    "SlipReturn",
    "Transfer",
]
