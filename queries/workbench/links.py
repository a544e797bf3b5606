"""Links that open the Browser with a query typed in: the way from an answer on the command line to its picture.

The Browser reads `?cmd=edit&arg=TEXT` (its own URL parameters). It decodes the address first and splits it
after, so that an `&` or `#` in the text would cut it whatever its encoding; Cypher reads them as unicode escapes.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

if TYPE_CHECKING:
    from queries.spec import QueryFile

LONGEST = 32_000
"""Characters of an address that a browser surely takes."""
_CUTTING = str.maketrans({"&": "\\u0026", "#": "\\u0023"})
_IN_A_STRING = {"\\": "\\\\", "'": "\\'"}


class Pasteable(Protocol):
    """A built-in question or a picture: a query file that can be written with its values in it."""

    @property
    def file(self) -> "QueryFile":
        """Its parts."""

    def literal(self, given: str | None = None) -> str:
        """Return it as one paste with the Cypher map `given` in place of parameters."""


def link(browser: str, question: Pasteable, params: Mapping[str, object]) -> str:
    """Return the address that opens the Browser with the question typed in, not run.

    Args:
        browser: the Browser's address, such as `http://127.0.0.1:7474/browser/`.
        question: a built-in question or a picture.
        params: its parameters; they are literals in the text.
    """
    return typed(browser, question.literal(cypher_of(params)))


def typed(browser: str, text: str) -> str:
    """Return the address that opens the Browser with `text` typed in.

    A unicode escape means its character anywhere in Cypher (Cypher manual, Parsing), in comments for the eye only.
    """
    return f"{browser}?cmd=edit&arg={quote(text.translate(_CUTTING), safe='')}"


def cypher_of(value: object) -> str:
    """Return a parameter's value as Cypher writes it.

    Raises:
        TypeError: Cypher has no literal for the value; no parameter of a built-in question is of such a type.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return f"'{''.join(map(_character, value))}'"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {cypher_of(each)}' for name, each in value.items())}}}"
    if isinstance(value, Iterable):
        return f"[{', '.join(map(cypher_of, value))}]"
    raise TypeError(f"no literal for {type(value).__name__}")


def _character(character: str) -> str:
    """Return how a character is written in a string: itself, or its escape where it could end or hide something.

    The unicode escape of a quote would be a quote: Cypher replaces those before it reads strings.
    """
    if character.isprintable():
        return _IN_A_STRING.get(character, character)
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))
