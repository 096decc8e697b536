"""Products of tasks that came into being in this house: who made them, when, and the page that shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.organisations import queries as organisations
from motcua.organisations.rules import Kind
from motcua.processes import queries as processes
from motcua.programme.models import Plan, PlanTask, PublishedList
from motcua.programme.queries.mine import find_running
from motcua.programme.queries.registers import FOCAL_OFFICERS
from motcua.programme.rules.products import Product


@dataclass(frozen=True, slots=True)
class Made:
    """A product of a unit, of a day, with the page that shows it."""

    product: Product
    unit_id: int
    on: date
    words: str
    address: str


def find_made(since: date, today: date) -> list[Made]:
    """What came into being since a day, of the kinds this package can see by itself."""
    return [*_find_processes(since, today), *_find_plans(since), *_find_lists(since)]


def _find_processes(since: date, today: date) -> Iterator[Made]:
    """Approved processes; one for a whole level is the province's."""
    tree = organisations.get_tree(today)
    top = next(
        (unit.id for unit in tree.units.values() if unit.kind == Kind.PROVINCE and unit.agency_code), None
    )
    top = top or next((unit.id for unit in tree.units.values() if unit.kind == Kind.PROVINCE), 0)
    for version in processes.find_versions(state="published"):
        if version.published_on is not None and version.published_on >= since:
            words = _("Quy trình nội bộ %(code)s, Quyết định %(number)s") % {
                "code": version.process.procedure_code,
                "number": version.decision_number,
            }
            unit = version.process.agency_id or top
            address = reverse("processes:version", args=[version.pk])
            yield Made(Product.PROCESS, unit, version.published_on, words, address)


def _find_plans(since: date) -> Iterator[Made]:
    """Plans of units, once they have a number and a day."""
    for plan in Plan.objects.filter(dated__gte=since).exclude(number=""):
        assert plan.dated is not None
        words = _("Kế hoạch số %(number)s") % {"number": plan.number}
        address = reverse("programme:plan", args=[plan.pk])
        yield Made(Product.UNIT_PLAN, plan.unit_id, plan.dated, words, address)


def _find_lists(since: date) -> Iterator[Made]:
    """Lists of focal officers published by decision."""
    for made in PublishedList.objects.filter(register=FOCAL_OFFICERS, published_on__gte=since):
        words = _("Quyết định %(number)s công bố danh sách cán bộ đầu mối") % {"number": made.decision_number}
        address = reverse("programme:published_list", args=[made.pk])
        yield Made(Product.OFFICER_LIST, made.unit_id, made.published_on, words, address)


def find_asking(product: Product, today: date) -> list[PlanTask]:
    """Tasks of running plans that ask for a product."""
    plans = find_running(today)
    return list(
        PlanTask.objects.filter(plan__in=plans, product_kind=product, is_withdrawn=False).select_related(
            "plan"
        )
    )


def find_leaders_of(task: PlanTask, unit_id: int, on: date) -> list[int]:
    """The leading units of a task that a product of this unit is the product of: the unit itself, or a part of it."""
    leaders = task.responsibilities.filter(role="lead").exclude(unit=None).values_list("unit_id", flat=True)
    tree = organisations.get_tree(on)

    def belongs(leader: int) -> bool:
        agency = tree.get_agency_of(leader)
        return leader == unit_id or (agency is not None and agency.id == unit_id)

    return [
        leader for leader in list(leaders) or [task.plan.unit_id] if leader is not None and belongs(leader)
    ]
