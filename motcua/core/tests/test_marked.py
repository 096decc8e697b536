"""What a page writes of a value: nothing anybody typed is ever markup."""

import pytest
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.translation import get_language
from markupsafe import Markup

from motcua.core.jinja import environment, url
from motcua.core.marked import mark

HOSTILE = """<b onclick='x'>&"</b>"""
ESCAPED = "&lt;b onclick=&#39;x&#39;&gt;&amp;&#34;&lt;/b&gt;"


class Typed(str):
    """Text of a kind of its own, as forms and databases hand it on."""


@pytest.mark.parametrize("said", [HOSTILE, Typed(HOSTILE)])
def test_text_is_escaped(said):
    assert mark(said) == ESCAPED


def test_markup_stays_and_other_values_are_said():
    assert mark(Markup("<b>")) == "<b>"
    assert mark(format_html("<b>{}</b>", "<")) == "<b>&lt;</b>"
    assert (mark(7), mark(None)) == ("7", "None")


@pytest.mark.parametrize(
    "template",
    [
        "{{ said }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(said) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ said }}{% endcall %}",
        "{% set kept %}{{ said }}{% endset %}{{ kept }}",
        "{% for one in [said] %}{{ one }}{% endfor %}",
        "{% filter trim %}{{ said }}{% endfilter %}",
        "{% block main %}{{ said }}{% endblock %}",
    ],
)
def test_a_template_escapes_once_wherever_a_value_stands(template):
    assert environment(autoescape=True).from_string(template).render(said=HOSTILE) == ESCAPED


def test_letters_that_are_no_pages_are_left_as_they_are():
    assert environment(autoescape=False).from_string("{{ said }}").render(said=HOSTILE) == HOSTILE


def test_an_address_of_plain_words_is_filled_in_and_never_a_dead_one():
    assert url("dossiers:export_inbox", "new") == "/ho-so/viec/new/xuat/"
    assert url("dossiers:print", "H50.12-250701-0001", "receipt") == "/ho-so/H50.12-250701-0001/in/receipt/"
    with pytest.raises(NoReverseMatch):
        url("dossiers:export_inbox", "new.old")


@pytest.mark.django_db
def test_a_thread_speaks_vietnamese_again_after_an_english_page(client):
    client.cookies["django_language"] = "en"
    assert client.get("/").headers["Content-Language"] == "en"
    assert get_language() == "vi"
    client.cookies["django_language"] = "tlh"
    assert client.get("/").headers["Content-Language"] == "vi"
