r"""Text from anywhere as text that a terminal cannot mistake for an order.

ATT&CK descriptions, rule titles and file names are other people's text. Control characters can move the
cursor, set the clipboard (OSC 52) or forge links (OSC 8); bidirectional and zero-width characters make text
read otherwise than it is stored. All of them are shown as escapes: `\x1b`, `\u202e`.
"""

import re
import unicodedata

_LOOKS_EMPTY = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5")
"""Letters and marks that are drawn as nothing: Default_Ignorable_Code_Point of Unicode."""

_JSON_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 1 << 8:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 1 << 16 else f"\\U{code:08x}"


def _is_shown(character: str) -> bool:
    if character in _LOOKS_EMPTY:
        return False
    return character.isprintable() or unicodedata.category(character) == "Zs"


def visible(text: str, keep: str = "") -> str:
    """Return `text` with every character that is not drawn written as an escape, but for those in `keep`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each if each in keep or _is_shown(each) else _escape(each) for each in text)


def one_line(text: str) -> str:
    """Return `text` on one line: white space of any kind becomes one space, what is not drawn an escape."""
    return visible(" ".join(text.split()))


def json_escaped(document: str) -> str:
    r"""Return a JSON document with the same values in which no character is invisible.

    JSON writers escape C0 only; DEL, C1 and bidirectional characters are valid inside its strings, and occur
    nowhere else, so that the escape `\u009b` says the same.
    """
    return _JSON_UNSAFE.sub(_json_escape, document)


def _json_escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def columns_wide(text: str) -> int:
    """Return how many columns a terminal gives to `text`, which has passed `visible`."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # those who lay out a table have it; others rarely meet such a text

    return cell_len(text)
