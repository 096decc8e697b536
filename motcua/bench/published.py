"""The public pages of the procedures that lives are of: without them nothing that is told of procedures would be counted."""

from datetime import date, datetime, time, timedelta

from motcua.catalogue.models import Channel, Component, Field, Procedure, ProcedureCase, ProcedureVersion
from motcua.worktime.rules import ZONE

LONG_AGO = timedelta(days=3000)
FIRST = 1001  # keys of their own: what all lives name stands under 1


def publish(count: int, today: date) -> None:
    """Pages of `count` procedures, as old as the units: two of three offer filing online, one of six all of it; one of five lacks
    its papers. Done once."""
    at = datetime.combine(today, time(8), ZONE)
    field, _new = Field.objects.get_or_create(pk=1, defaults={"code": "N", "name": "Lĩnh vực đo"})
    if Procedure.objects.filter(pk=FIRST).exists():
        return
    names = [(FIRST + n, f"9.{n:06}", f"Thủ tục {n}") for n in range(count)]
    Procedure.objects.bulk_create(
        Procedure(pk=key, code=code, portal_id=code, name=name, field=field) for key, code, name in names
    )
    told = {
        "number": 1,
        "field": field,
        "levels": ["commune"],
        "recorded_at": at,
        "valid_from": today - LONG_AGO,
    }
    versions = ProcedureVersion.objects.bulk_create(
        ProcedureVersion(pk=key, procedure_id=key, name=name, is_full_online=n % 6 == 1, **told)
        for n, (key, _code, name) in enumerate(names)
    )
    Channel.objects.bulk_create(
        Channel(version=one, no=no, kind=kind, limit_amount=5, limit_unit="working_day")
        for n, one in enumerate(versions)
        for no, kind in enumerate(("direct", "online") if n % 3 else ("direct",))
    )
    cases = ProcedureCase.objects.bulk_create(
        ProcedureCase(version=one, no=1, kind="case") for n, one in enumerate(versions) if n % 5
    )
    Component.objects.bulk_create(Component(case=one, no=1, name="Đơn") for one in cases)
