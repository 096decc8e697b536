"""What a template says outright – a sentence, a drawing – becomes text of its own when it is compiled for a language.

A page asks for three hundred sentences and a hundred drawings. None of them changes while the process runs, so each
language has templates of its own in which they already stand; only what depends on the request is asked for each time.
"""

from collections.abc import Callable, Mapping

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

Fold = Callable[..., object]


class Later(Exception):  # noqa: N818 (no fault: an answer)
    """Not to be said while compiling; the call stays."""


class Folding(NodeTransformer):
    """Puts what a function answers in the place of its call, when every argument is written in the template."""

    def __init__(self, folds: Mapping[str, Fold]) -> None:
        self.folds = folds

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the visitor's own way of naming)
        """`_("Trang sau")` → the sentence; `_("%(n)s ngày", n=n)` stays a call."""
        self.generic_visit(node)
        fold = self.folds.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        words = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if fold is None or node.kwargs or len(words) < len(node.args):
            return node
        try:
            return nodes.Const(fold(*words), lineno=node.lineno)
        except Later:
            return node
