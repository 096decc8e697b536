"""What a form says when its act is refused: a sentence at the field, and everything typed is kept."""

from collections.abc import Callable

from django.forms import BaseForm
from django.utils.translation import gettext as _

from motcua.core.refusal import Refused


def say_refusal(form: BaseForm, refusal: Refused) -> None:
    """Put the sentence at the field it belongs to, or above the form where it belongs to none of its fields."""
    # A rule speaks Vietnamese alone; what an act said in the reader's language already stays as it is.
    form.add_error(refusal.field if refusal.field in form.fields else None, _(refusal.message))


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Run the act when the form is valid; whether it was done. A refusal is said in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        say_refusal(form, refusal)
        return False
    return True
