"""What a page writes of a value: text is escaped, markup stays as it is.

MarkupSafe's own `escape` answers with a `Markup`, a copy made by code of Python's. A page joins hundreds of pieces into
one text, for which a plain piece does as well.
"""

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]  # what `escape` wraps


def mark(said: object) -> str:
    """A piece of a page."""
    if type(said) is str:
        return escape_text(said)
    return said if type(said) is Markup else escape(said)


class MarkingGenerator(CodeGenerator):
    """Compiles templates that write each value by `mark`, as the environment they belong to knows it."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.mark(")
