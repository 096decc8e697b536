"""The screens of the pretended neighbours: plain pages that work without script."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from motcua.pretend.serving import Answer, Request

_FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def render(template: str, **facts: object) -> Answer:
    """One page."""
    return Answer(_environment().get_template(template).render(**facts).encode())


def style(request: Request) -> Answer:
    """Their one style sheet."""
    return Answer((_FOLDER / "style.css").read_bytes(), 200, "text/css; charset=utf-8")
