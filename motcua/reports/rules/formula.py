"""Formulas as forms print them: `(4)+(5)+(6)`, `(3) = (7) + (11)`, `((13)-(14))*100/(13)`. Nothing else is understood."""

import ast
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

_REFERENCE = re.compile(r"\((\d+[a-zđ]?)\)")
_ALLOWED = re.compile(r"[\d\s()+\-*/.a-zđ]*")
RELATIONS = ("<=", ">=", "=")
LONGEST = 300
CENT = Decimal("0.01")


class BadFormula(ValueError):
    """The text is no formula of a form; the message is the text."""


def find_references(text: str) -> tuple[str, ...]:
    """The columns a formula speaks of, in order, each once."""
    return tuple(dict.fromkeys(_REFERENCE.findall(text)))


def compute(text: str, row: Mapping[str, Decimal | None]) -> Decimal | None:
    """The value of a formula over a row; None when every column it needs is empty, or it divides by zero.

    An empty column beside filled ones counts as zero, as on paper. Whole results stay whole; others have two decimals. :raises BadFormula: the text is no formula.
    """
    parsed, needed = _parse(text), find_references(text)
    is_empty = bool(needed) and all(row.get(no) is None for no in needed)
    try:
        value = _evaluate(parsed, {no: row.get(no) or Decimal(0) for no in needed})
    except (DivisionByZero, InvalidOperation, ZeroDivisionError):
        return None
    if value is None or is_empty:
        return None
    if value == value.to_integral_value():
        return value.to_integral_value()
    return value.quantize(CENT, ROUND_HALF_UP)


def holds(rule: str, row: Mapping[str, Decimal | None]) -> bool | None:
    """Whether a check holds in a row; None when nothing of it is filled. :raises BadFormula: it is no check."""
    left, relation, right = split_rule(rule)
    first, second = compute(left, row), compute(right, row)
    if first is None and second is None:
        return None
    first, second = first or Decimal(0), second or Decimal(0)
    if relation == "=":
        return first == second
    return first <= second if relation == "<=" else first >= second


def split_rule(rule: str) -> tuple[str, str, str]:
    """The two sides of a check and what stands between them. :raises BadFormula: there are no two sides."""
    for relation in RELATIONS:
        left, found, right = rule.partition(relation)
        if found and left.strip() and right.strip():
            return left.strip(), relation, right.strip()
    raise BadFormula(rule)


def _parse(text: str) -> ast.expr:
    named = _REFERENCE.sub(lambda found: f"(c{found[1].replace('đ', 'dd')})", text)
    if len(text) > LONGEST or not _ALLOWED.fullmatch(named):
        raise BadFormula(text)
    try:
        return ast.parse(named.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        raise BadFormula(text) from fault


def _evaluate(node: ast.expr, row: Mapping[str, Decimal | None]) -> Decimal | None:
    match node:
        case ast.Name(id=name) if name.startswith("c"):
            return row.get(name[1:].replace("dd", "đ"))
        case ast.Constant(value=value) if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(str(value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _evaluate(operand, row)
            return None if inner is None else -inner
        case ast.BinOp(left=left, op=op, right=right):
            return _join(_evaluate(left, row), op, _evaluate(right, row))
    raise BadFormula(ast.dump(node)[:80])


def _join(left: Decimal | None, op: ast.operator, right: Decimal | None) -> Decimal | None:
    if left is None or right is None:
        return None
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
    raise BadFormula(ast.dump(op))


def order(formulas: Mapping[str, str]) -> list[str]:
    """The columns with formulas, each after those it needs. :raises BadFormula: they need one another."""
    done: list[str] = []

    def visit(column: str, path: tuple[str, ...]) -> None:
        if column in path:
            raise BadFormula(formulas[column])
        if column not in done:
            for needed in find_references(formulas[column]):
                if needed in formulas:
                    visit(needed, (*path, column))
            done.append(column)

    for column in formulas:
        visit(column, ())
    return done
