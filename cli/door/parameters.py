"""The parameters of a tool: read off its command's function, as JSON Schema and as words of a command line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from inspect import Parameter as Declared
from inspect import signature
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import orjson
from typer.models import ArgumentInfo, OptionInfo

from cli.door.tools import Tool
from graph.errors import UsageError
from graph.spelling import did_you_mean

NAMED_VALUES = "param"
"""The parameter that a program gives as an object, and a person as `--param NAME=VALUE`."""
LONGEST = 65536
"""Characters of one argument: what the command line of a person could hold."""
_JSON_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a command.

    Attributes:
        name: as its function calls it.
        option: such as `--by`; None for one that goes by its position.
        kind: the type of one value.
        many: whether it takes a list.
        required: whether it cannot be left out.
        text: what its help says.
        least: the smallest value of a number, if there is one.
    """

    name: str
    option: str | None
    kind: type
    many: bool
    required: bool
    text: str
    least: float | None

    @property
    def schema(self) -> dict[str, Any]:
        """What JSON Schema says of it."""
        if self.name == NAMED_VALUES:
            return {"type": "object", "description": self.text}
        one: dict[str, Any] = {"type": _JSON_TYPES.get(self.kind, "string")}
        if issubclass(self.kind, Enum):
            one["enum"] = [member.value for member in self.kind]
        if self.least is not None:
            one["minimum"] = self.least
        whole: dict[str, Any] = {"type": "array", "items": one} if self.many else one
        if self.many and self.required:
            whole["minItems"] = 1
        return {**whole, "description": self.text}


def schema_of(tool: Tool) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what the tool's command takes."""
    known = parameters(tool)
    return {
        "type": "object",
        "properties": {each.name: each.schema for each in known.values()},
        "required": [each.name for each in known.values() if each.required],
        "additionalProperties": False,
    }


def parameters(tool: Tool) -> dict[str, Parameter]:
    """Return those parameters of the tool's command that it offers, by name."""
    known = _of_function(tool.place.function)
    return {name: known[name] for name in tool.takes}


def words(tool: Tool, arguments: Mapping[str, Any]) -> list[str]:
    """Return the command line that asks what `arguments` ask.

    Raises:
        UsageError: an argument that the tool does not have or whose value has another type, or one that is missing.
    """
    known = parameters(tool)
    for name in arguments:
        if name not in known:
            raise UsageError(
                f"no parameter {name!r}",
                where=tool.command,
                todo=did_you_mean(name, known, otherwise="see its schema"),
            )
    given = {name: value for name, value in arguments.items() if value is not None}
    missing = [name for name, each in known.items() if each.required and name not in given]
    if missing:
        raise UsageError(f"missing {', '.join(missing)}", where=tool.command, todo="see its schema")
    options, positions = [], []
    for name, value in given.items():
        parameter = known[name]
        if parameter.option is None:
            positions += list(_texts(parameter, value))
        else:
            options += list(_options(tool, parameter, parameter.option, value))
    return (
        [*tool.command.split(), *options, "--", *positions]
        if positions
        else [*tool.command.split(), *options]
    )


def _options(tool: Tool, parameter: Parameter, option: str, value: object) -> Iterator[str]:
    if parameter.name == NAMED_VALUES:
        yield from (f"{option}={name}={text}" for name, text in _named(tool, value))
    elif parameter.kind is bool:
        if not isinstance(value, bool):
            raise _is_not(parameter, "true or false")
        if value:
            yield option
    else:
        yield from (f"{option}={text}" for text in _texts(parameter, value))


def _named(tool: Tool, value: object) -> Iterator[tuple[str, str]]:
    """Yield the members of an object as `--param` takes them: JSON for own Cypher, plain text for a question."""
    if not isinstance(value, dict):
        raise UsageError(f"{NAMED_VALUES} is not an object", where=tool.command, todo='such as {"limit": 5}')
    for name, each in value.items():
        if "=" in name or not name:
            raise UsageError(f"{name!r} is not a parameter's name", where=tool.command)
        yield name, orjson.dumps(each).decode() if tool.command == "cypher" else _plain(each)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ",".join(_plain(each) for each in value)
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _texts(parameter: Parameter, value: object) -> Iterator[str]:
    if parameter.many != isinstance(value, list):
        raise _is_not(parameter, "a list" if parameter.many else "one value")
    for each in value if isinstance(value, list) else [value]:
        yield _text(parameter, each)


def _text(parameter: Parameter, value: object) -> str:
    wanted: tuple[type, ...] = (int, float) if parameter.kind is float else (parameter.kind,)
    if issubclass(parameter.kind, Enum):
        wanted = (str,)
    if not isinstance(value, wanted) or (isinstance(value, bool) and parameter.kind is not bool):
        raise _is_not(parameter, _JSON_TYPES.get(parameter.kind, "string"))
    text = str(value)
    if len(text) > LONGEST or "\0" in text:
        raise UsageError(
            f"{parameter.name} is too long or has a NUL", todo=f"give up to {LONGEST} characters"
        )
    return text


def _is_not(parameter: Parameter, wanted: str) -> UsageError:
    return UsageError(f"{parameter.name} is not {wanted}", todo="see the tool's schema")


@cache
def _of_function(place: str) -> Mapping[str, Parameter]:
    """Return the parameters of the command's function, by name."""
    module, _, name = place.partition(":")
    function = getattr(import_module(module), name)
    hints = get_type_hints(function, include_extras=True)
    declared = signature(function).parameters
    return {
        name: found
        for name, each in declared.items()
        if (found := _parameter(name, hints[name], each.default)) is not None
    }


def _parameter(name: str, hint: object, default: object) -> Parameter | None:
    """Return the parameter that a command declares with typer; None for its context."""
    plain, *notes = get_args(hint) or (hint,)
    about = next((note for note in notes if isinstance(note, ArgumentInfo | OptionInfo)), None)
    if about is None:
        return None
    kind, many = _kind(plain)
    return Parameter(
        name=name,
        option=None if isinstance(about, ArgumentInfo) else _option(name, about),
        kind=kind,
        many=many,
        required=default is Declared.empty,
        text=about.help or "",
        least=about.min,
    )


def _option(name: str, about: OptionInfo) -> str:
    stated = [word for word in about.param_decls or () if word.startswith("--")]
    return stated[0] if stated else f"--{name.strip('_').replace('_', '-')}"


def _kind(hint: object) -> tuple[type, bool]:
    """Return the type of one value, and whether there may be several."""
    members = (
        [each for each in get_args(hint) if each is not NoneType] if NoneType in get_args(hint) else [hint]
    )
    (only,) = members
    if get_origin(only) is list:
        (inner,) = get_args(only)
        return inner, True
    assert isinstance(only, type)  # noqa: S101  a parameter of a command has one plain type
    return only, False
