"""What the values of a dossier's fields are called."""

import pytest
from django.utils.translation import override

from motcua.core.wording import name_choice
from motcua.dossiers.models import Dossier


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_choice_is_called_what_django_calls_it(language):
    dossier = Dossier(channel="postal", outcome="", site="elsewhere")
    with override(language):
        assert name_choice(dossier, "channel") == dossier.get_channel_display()
        assert name_choice(dossier, "outcome") == dossier.get_outcome_display()
        assert name_choice(dossier, "site") == "elsewhere"
