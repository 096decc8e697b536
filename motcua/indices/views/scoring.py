"""Points for figures from anywhere: pasted or handed in, scored, not kept."""

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.pages import render
from motcua.core.writing import day
from motcua.indices import sets
from motcua.indices.forms import FiguresForm
from motcua.indices.rules import Indicator, Score, read_figures, score
from motcua.organisations.requests import PublicRequest, today


@require_http_methods(["GET", "HEAD", "POST"])
def score_figures(request: PublicRequest) -> HttpResponse:
    """Paste or hand in figures, see the points of each indicator, each group and the total."""
    form = FiguresForm(request.POST or None, request.FILES or None, initial={"on": day(today(request))})
    made = _score(form) if form.is_bound and form.is_valid() else None
    on = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "made": made,
        "indicators": _find_indicators(on or today(request)),
        "bands": sets.get_bands(on or today(request)),
    }
    return render(request, "indices/score.html", context, status=422 if form.errors else 200)


def _find_indicators(on: date) -> tuple[Indicator, ...]:
    try:
        return sets.get_indicators(on)
    except sets.NoSetOfIndicators:
        return ()


def _score(form: FiguresForm) -> Score | None:
    on = form.cleaned_data["on"]
    indicators = _find_indicators(on)
    if not indicators:
        form.add_error("on", _("Ngày này chưa có bộ chỉ số."))
        return None
    figures, faults = read_figures(form.read_content(), [one.code for one in indicators])
    for fault in faults:
        form.add_error("file" if form.cleaned_data.get("file") else "figures", fault.say(_))
    return None if faults else score(indicators, figures, sets.get_bands(on))
