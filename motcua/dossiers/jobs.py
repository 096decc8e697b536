"""What runs by itself over dossiers."""

from datetime import datetime, timedelta

from motcua.audit import actions as audit
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.history import find_difference

LOOK_BACK = timedelta(days=400)
CHUNK = 500


def compare_states(at: datetime) -> int:
    """Recompute running dossiers and those ended lately from their events; how many rows say something else.

    A difference is kept in the audit for the operator and changes nothing: the events are the record.
    """
    wrong = []
    for dossier in (
        Dossier.objects.filter(received_at__gte=at - LOOK_BACK).order_by("pk").iterator(chunk_size=CHUNK)
    ):
        if difference := find_difference(dossier):
            wrong.append(dossier.pk)
            audit.record(
                "dossiers.state_differs",
                actor="system",
                subject=f"dossiers.dossier:{dossier.pk}",
                note=difference,
                at=at,
            )
    return len(wrong)
