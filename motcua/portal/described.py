"""The interface for machines as a page tells it: read from its own description, so that both say the same."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.api import api
from motcua.portal import described_words as words

ROOT = "/api/v1"
REF = "#/components/schemas/"
Described = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is, in words; `shape` is the structure it follows, if any."""

    words: str
    shape: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a property; `place` is path, query or header for the first."""

    name: str
    kind: Kind
    is_required: bool
    meaning: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A structure with its fields, or the words one value may be."""

    name: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One status with its meaning and what comes with it."""

    status: str
    meaning: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method."""

    anchor: str
    method: str
    path: str
    name: str
    meaning: str
    scope: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    body_shape: str
    media: str
    answer: Answer
    problems: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses about one thing."""

    anchor: str
    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All of it, in the language of the page."""

    version: str
    groups: tuple[Group, ...]
    shapes: tuple[Shape, ...]


def describe() -> Description:
    """The interface in the language of this request."""
    return _describe(get_language() or "vi")


@cache
def _describe(language: str) -> Description:
    told: Described = api.get_openapi_schema()
    found: dict[str, list[Operation]] = {tag: [] for tag in words.get_groups()}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            one = _tell_operation(told, path.removeprefix(ROOT), method, operation)
            found[operation["tags"][0]].append(one)
    groups = tuple(Group(tag, name, tuple(found[tag])) for tag, name in words.get_groups().items())
    shapes = (_tell_shape(name, shape) for name, shape in sorted(told["components"]["schemas"].items()))
    return Description(told["info"]["version"], groups, tuple(shapes))


def _tell_operation(told: Described, path: str, method: str, operation: Described) -> Operation:
    name, meaning = words.get_operations()[f"{method} {path}"]
    content: Described = operation.get("requestBody", {}).get("content", {})
    media = next(iter(content), "")
    schema: Described = content[media]["schema"] if media else {}
    own = _resolve(told, schema)
    parameters = tuple(_tell_parameter(one) for one in operation.get("parameters", ()))
    statuses = {str(key): one for key, one in operation["responses"].items()}
    good = next(status for status in statuses if status.startswith("2"))
    return Operation(
        anchor=_anchor(method, path),
        method=method.upper(),
        path=ROOT + path,
        name=name,
        meaning=meaning,
        scope=operation["security"][0]["Token"][0],
        parameters=parameters,
        body=tuple(_tell_fields(own)),
        body_shape=schema.get("$ref", "").removeprefix(REF),
        media=media,
        answer=Answer(good, words.get_statuses()[good], _tell_content(statuses[good])),
        problems=tuple(sorted(status for status in statuses if not status.startswith("2"))),
        example=_write_example(told, method, path, parameters, media, own),
    )


def _anchor(method: str, path: str) -> str:
    plain = "".join(letter if letter.isalnum() else "-" for letter in path)
    return f"{method}{plain}".replace("--", "-").strip("-")


def _tell_parameter(one: Described) -> Field:
    return Field(
        one["name"],
        _tell_kind(one["schema"]),
        bool(one.get("required")),
        words.get_fields().get(one["name"], ""),
        words.get_places()[one["in"]],
    )


def _tell_content(answer: Described) -> Kind | None:
    for media, inside in answer.get("content", {}).items():
        return _tell_kind(inside["schema"]) if media == "application/json" else Kind(_("nội dung tệp"))
    return None


def _resolve(told: Described, schema: Described) -> Described:
    name = schema.get("$ref", "").removeprefix(REF)
    return told["components"]["schemas"][name] if name else schema


def _tell_shape(name: str, shape: Described) -> Shape:
    return Shape(name, tuple(_tell_fields(shape)), tuple(str(value) for value in shape.get("enum", ())))


def _tell_fields(shape: Described) -> Iterable[Field]:
    required = set(shape.get("required", ()))
    for name, inside in shape.get("properties", {}).items():
        yield Field(name, _tell_kind(inside), name in required, words.get_fields().get(name, ""))


def _tell_kind(schema: Described) -> Kind:
    """Its type in words, with what bounds it; `anyOf` with null is the other one, left out at will."""
    schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)
        return Kind(name, name)
    if schema.get("type") == "array":
        inner = _tell_kind(schema.get("items", {}))
        return Kind(
            _("danh sách %(of)s") % {"of": inner.words} if inner.words else "", inner.shape, _bound(schema)
        )
    named = schema.get("format") or schema.get("type") or "any"
    return Kind(words.get_kinds().get(named, named), "", _bound(schema))


def _bound(schema: Described) -> str:
    if "enum" in schema:
        return " · ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    told = []
    if "maxLength" in schema:
        told.append(_("đến %(n)s ký tự") % {"n": schema["maxLength"]})
    if "maxItems" in schema:
        told.append(_("đến %(n)s mục") % {"n": schema["maxItems"]})
    if 0 < schema.get("maximum", 0) < 2**31:
        ends = {"least": schema.get("minimum", 0), "most": schema["maximum"]}
        told.append(_("từ %(least)s đến %(most)s") % ends)
    return ", ".join(told)


def _write_example(
    told: Described, method: str, path: str, parameters: Iterable[Field], media: str, body: Described
) -> str:
    """A call to copy: the token, one key for one act, and the revision that was read."""
    names = {one.name for one in parameters}
    address = ROOT + path
    for name, value in words.SAMPLES.items():
        address = address.replace("{" + name + "}", str(value))
    address = address.replace("{code}", words.CODES.get(path.split("/")[1].partition(":")[0], ""))
    lines = [f'curl -X {method.upper()} "$MOTCUA{address}"', '-H "Authorization: Bearer $TOKEN"']
    if "Idempotency-Key" in names:
        lines.append('-H "Idempotency-Key: 7f1c2b9e-4a61-4c0e-9b1d-2f6f3f1f0a10"')
    if "If-Match" in names:
        lines.append("-H 'If-Match: \"3\"'")
    lines += _write_body(told, media, body)
    return " \\\n  ".join(lines)


def _write_body(told: Described, media: str, body: Described) -> list[str]:
    required = {
        name: one for name, one in body.get("properties", {}).items() if name in body.get("required", ())
    }
    if media == "multipart/form-data":
        sent = [
            (name, "@ket-qua.pdf" if name == "file" else _sample(told, name, one))
            for name, one in required.items()
        ]
        return [f'-F "{name}={value}"' for name, value in sent]
    if not media:
        return []
    text = json.dumps({name: _sample(told, name, one) for name, one in required.items()}, ensure_ascii=False)
    return ['-H "Content-Type: application/json"', f"-d '{text}'"]


def _sample(told: Described, name: str, schema: Described) -> Any:
    """A value that the description lets through."""
    schema = _resolve(
        told, next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    )
    if name in words.SAMPLES:
        return words.SAMPLES[name]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_sample(told, "", schema["items"])]
    if "properties" in schema:
        inside = {key: one for key, one in schema["properties"].items() if key in schema.get("required", ())}
        return {key: _sample(told, key, one) for key, one in inside.items()}
    return words.SAMPLES_BY_KIND.get(schema.get("format") or schema.get("type", ""), "…")
