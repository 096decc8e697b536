"""A group filed online as the counter looks at it: the papers of every part, the agency of each, the promises it would get."""

from typing import Any

from motcua.catalogue.queries import BundleView, ComponentView
from motcua.dossiers import queries
from motcua.dossiers.actions.facts import PartFacts
from motcua.dossiers.actions.joining import JointIntake
from motcua.dossiers.forms_joint import read_agencies
from motcua.dossiers.forms_online import AcceptGroupFiling, read_file_choices
from motcua.dossiers.models import Filing
from motcua.dossiers.queries import filing as filings
from motcua.dossiers.queries.competence import find_near
from motcua.dossiers.queries.joints import make_group
from motcua.dossiers.views.joints import find_asked, plan_now
from motcua.organisations.requests import OfficerRequest, today


class GroupDesk:
    """One filing of a group on the desk."""

    def __init__(self, request: OfficerRequest, filing: Filing, bundle: BundleView) -> None:
        self.request, self.filing, self.bundle = request, filing, bundle
        self.asked = find_asked(bundle, request)
        self.papers = filings.find_papers(filing)
        self.chosen = self._find_choices()

    @property
    def plan(self) -> dict[int, Any]:
        """When each part would be due, received now."""
        group = make_group(self.bundle, is_verified=False)
        plan = plan_now(self.request, self.bundle, self.asked, group)
        return {0: plan.due_at} | {one.no: one.due_at for one in plan.parts}

    def make_form(self, **given: Any) -> AcceptGroupFiling:
        """The form: each part with the agencies that may decide it."""
        on = today(self.request)
        agencies = [
            (part.no, part.name, queries.find_agency_choices(sheet, on=on))
            for part, sheet, _case in self.asked
        ]
        return AcceptGroupFiling(
            given.get("data"),
            initial=given.get("initial"),
            part_agencies=agencies,
            may_verify=self.bundle.verified_days is not None,
        )

    def guess(self) -> dict[str, object]:
        """The agency of each part as it follows from the place."""
        on = today(self.request)
        return {
            f"agency_{part.no}": find_near(self.request.actor, sheet, on) for part, sheet, _case in self.asked
        }

    def read_intake(self, form: AcceptGroupFiling) -> JointIntake:
        """What the act takes: every file beside the paper it was put to, the other papers as ticked."""
        typed, posted = form.cleaned_data, self.request.POST
        present = set(self.chosen.values()) | {c.id for c in self._components if f"part_{c.id}" in posted}
        return JointIntake(
            bundle_code=self.bundle.code,
            applicant=filings.read_person(self.filing),
            agencies=read_agencies(typed, form.agency_names),
            parts=tuple(
                PartFacts(c.id, 0, int(c.id in present), c.id in present, "") for c in self._components
            ),
            part_files=tuple((component, file_id) for file_id, component in self.chosen.items()),
            missing_reason=typed["missing_reason"],
            is_verified=bool(typed.get("is_verified")),
            result_delivery=typed["result_delivery"],
            return_place=typed["return_place"],
            note=typed["note"],
        )

    @property
    def _components(self) -> list[ComponentView]:
        return [c for _part, _sheet, case in self.asked if case for c in case.components]

    def _find_choices(self) -> dict[int, int]:
        if self.request.method == "POST" and "accepting" in self.request.POST:
            ids = [one.file_id for one in self.papers if one.file_id]
            return read_file_choices(self.request.POST, ids, [c.id for c in self._components])
        return filings.match_papers(self._components, self.papers)
