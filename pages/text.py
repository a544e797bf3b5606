"""Paragraphs of strangers as text on a page: nothing in it can be invisible, or turn what stands beside it."""

import re
import unicodedata

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Control, zero-width and bidirectional characters, but for tab and line feed, and lone surrogates apart."""


def shown(text: str) -> str:
    """Return `text` with each character that is not drawn written as `[U+202E]`; carriage returns are dropped."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").encode("utf-8", "backslashreplace").decode("utf-8")
    return _HIDDEN.sub(_named, plain)


def _named(match: re.Match[str]) -> str:
    return f"[U+{ord(match.group()):04X}]"


def words_of(text: str) -> str:
    """Return `text` folded for a search: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()


def shortened(text: str, size: int) -> str:
    """Return at most `size` characters of `text`, ending in an ellipsis where some are left out."""
    return text if len(text) <= size else f"{text[: size - 1].rstrip()}…"
