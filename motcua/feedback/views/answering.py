"""The page behind the link of the message: three levels, the contents for who has time, once."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.pages import render
from motcua.core.refusal import Refused
from motcua.feedback import actions, queries
from motcua.feedback.forms import RatingForm
from motcua.organisations.requests import PublicRequest

TRIES_PER_MINUTE = 30


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: PublicRequest, code: str, key: str) -> HttpResponse:
    """Answer about a dossier; who answered is thanked, and thanked again on a second visit."""
    _require_patience(request)
    found = queries.find_by_key(code[:80], key[:40], at=request.at)
    if found is None:
        raise Refused("not_found", _("Đường dẫn đánh giá không đúng."))
    form = RatingForm(request.POST or None)
    is_rated = queries.is_rated(found.dossier_id)
    if form.is_bound and not is_rated and form.is_valid():
        try:
            actions.rate(
                code=code, key=key, level=form.cleaned_data["level"], contents=form.get_contents(),
                comment=form.cleaned_data["comment"], at=request.at,
            )  # fmt: skip
            is_rated = True
        except Refused as no:
            form.add_error(None, no.message)
            is_rated = no.code == "rated"
    context = {"found": found, "form": form, "is_rated": is_rated}
    return render(request, "feedback/rate.html", context, status=422 if form.errors and not is_rated else 200)


def _require_patience(request: PublicRequest) -> None:
    """Keys cannot be walked from one address."""
    name = f"rate:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(name, 0, timeout=60)
    if cache.incr(name) > TRIES_PER_MINUTE:
        raise Refused("too_many", _("Quá nhiều lần thử. Hãy đợi một phút."))
