"""How words of the command line become values, without pydantic for the plain cases.

Typer builds a pydantic adapter for each parameter, for text and absent ones too; importing pydantic costs a
third of what importing the driver costs.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

import typer


def lighten(parameters: Sequence[Any]) -> None:
    """Let `parameters` be read without pydantic where they are absent, text, flags or enumerations."""
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", None) is None:
            parameter._runtime_param = _Light()  # noqa: SLF001  typer has no other place for it


class _Light:
    """What typer's `RuntimeParam` does for plain values; it hands over what is not plain."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401  as typer declares it
        """Return the value that the parameter's function gets.

        Raises:
            typer.BadParameter: the text names no member of the enumeration, or is no value of the type.
        """
        kind = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if kind in (str, list[str]) or (isinstance(kind, type) and isinstance(value, kind)):
            return value
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _member(kind, value, param, ctx)
        param._runtime_param = None  # noqa: SLF001  typer makes its own then
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _member(kind: type[Enum], text: str, param: Any, ctx: Any) -> Enum:  # noqa: ANN401
    known = [member.value for member in kind]
    if text not in known:
        raise typer.BadParameter(f"{text!r} is not one of {', '.join(known)}", ctx=ctx, param=param)
    return kind(text)


def one_of(words: Iterable[str]) -> str:
    """Return the words as a person lists alternatives: `table, json, csv or md`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
