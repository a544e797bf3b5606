"""Links that open the Neo4j Browser with a question typed in, its parameters as literals.

The Browser takes `?cmd=edit&arg=TEXT`, types TEXT into its editor and runs nothing. It decodes the address before
it splits it, so that `&` and `#` end TEXT even when they are encoded. Cypher's own escapes stand for them: Neo4j
reads them anywhere in a statement, not in strings alone.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from queries.run import values

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from queries.catalog import AnyQuestion

_CUT = "&#"
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def browser_link(browser: str, question: "AnyQuestion", params: "DataclassInstance") -> str:
    """Return the address that opens the Browser at `browser` with the question typed in for `params`."""
    text = question.literal(literal(values(params)))
    for mark in _CUT:
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return f"{browser}?cmd=edit&arg={quote(text, safe='')}"


def literal(value: object) -> str:
    """Return `value` as a Cypher literal: a map, list, string, number, boolean or null.

    Raises:
        TypeError: Cypher has no literal for it.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return f"'{''.join(map(_escaped, value))}'"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {literal(each)}' for name, each in value.items())}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(literal, value))}]"
    raise TypeError(f"no literal for a {type(value).__name__}")


def _escaped(character: str) -> str:
    if not character.isprintable():
        return _ESCAPES.get(character) or "".join(f"\\u{unit:04x}" for unit in _utf16(character))
    return _ESCAPES.get(character, character)


def _utf16(character: str) -> list[int]:
    encoded = character.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(encoded[at : at + 2], "big") for at in range(0, len(encoded), 2)]
