"""Which pages of a signed-in person need no post."""

from collections.abc import Callable


def without_post(view: Callable) -> Callable:
    """Marks a page that a person may open before (or without) a post: choosing one, the password, leaving."""
    view.without_post = True  # type: ignore[attr-defined]
    return view
