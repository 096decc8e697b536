"""Several things chosen from one list, in order: a row of lists that grows, and works without a script."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SPARE_ROWS = 3
Choices = Sequence[tuple[str, str]]


def _split(values: Iterable[str]) -> list[str]:
    """Each once, in order; an address or an older page may hold several with commas between."""
    return list(dict.fromkeys(one for value in values for one in value.replace(",", " ").split()))


class SeveralSelect(forms.Widget):
    """One list for each thing chosen and some spare ones; with a script a single spare one, that grows."""

    label: Any = ""
    choices: Choices = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return _split(data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = [*_split([value] if isinstance(value, str) else value or []), *[""] * SPARE_ROWS]
        rows = format_html_join(
            "\n",
            "{}",
            ((self._draw_row(name, one, number, attrs or {}),) for number, one in enumerate(chosen, 1)),
        )
        return format_html('<div class="several" data-several>{}</div>', rows)

    def _draw_row(self, name: str, chosen: str, number: int, attrs: dict[str, Any]) -> SafeString:
        own = {key: text for key, text in attrs.items() if key not in ("id", "required")}
        own |= {"id": attrs.get("id")} if number == 1 else {"aria-label": f"{self.label} {number}"}
        # An option that is no longer offered stays to be seen, and is refused at the field.
        offered = [("", "—"), *self.choices]
        if chosen not in dict(offered):
            offered.append((chosen, chosen))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, SafeString(" selected") if code == chosen else "", words) for code, words in offered),
        )
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(own), options)


class SeveralChoiceField(forms.MultipleChoiceField):
    """A tuple of codes in the order chosen, each once; every one must be on the list."""

    widget = SeveralSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        assert isinstance(self.widget, SeveralSelect)
        self.widget.label = self.label

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != list(data or ())
