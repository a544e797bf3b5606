"""TOML 1.0 read by the standard library, within bounds; every flaw is one located problem.

The parser tells no lines of values: `locate` looks for the text of a value, which is where its reader looks too.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Final

from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity

MAX_BYTES: Final = 1024 * 1024
"""Of one file; a rule has some ten thousand, and the parser takes quadratic time for some texts."""
MAX_DEPTH: Final = 64
_AT = re.compile(r"\(at (line \d+, column \d+|end of document)\)", re.ASCII)


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """One document.

    Attributes:
        value: its table; dates and times are Python's.
        raw: its own bytes.
    """

    value: dict[str, object]
    raw: bytes

    def locate(self, pointer: str) -> int:
        """Return the line of the value at a JSON pointer, as far as its text tells.

        That is the first line that sets its key to its first line, else the first with that in quotation marks, else
        the first with the key; 1 where none is found.
        """
        value = _at(self.value, pointer)
        key = next((part for part in reversed(pointer.split("/")) if part and not part.isdecimal()), "")
        for pattern in _patterns(key, value):
            found = re.search(pattern, self.raw)
            if found:
                return self.raw.count(b"\n", 0, found.start()) + 1
        return 1


def document(source: SourceFile) -> TomlDocument | Problem:
    """Return the document that a file is, or what is wrong with it."""
    try:
        if len(source.data) > MAX_BYTES:
            return _flaw(source, "line 1", "too-large", f"has more than {MAX_BYTES:,} bytes; split it")
        text = source.data.decode()
        value: dict[str, object] = tomllib.loads(text)
        return TomlDocument(value, source.data) if not _is_deep(value) else _too_deep(source)
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        return _flaw(source, f"line {line}", "not-utf-8", "is not UTF-8; save the file as UTF-8")
    except RecursionError:
        return _too_deep(source)
    except ValueError as error:  # of the parser, and of Python for an integer of thousands of digits
        return _flaw(source, _place(str(error)), "toml-syntax", f"{_what(str(error))}; fix the TOML")


def _flaw(source: SourceFile, place: str, code: str, message: str) -> Problem:
    return Problem(source.path, place, code, message, Severity.SKIPPED, sha256_hex(source.data))


def _too_deep(source: SourceFile) -> Problem:
    return _flaw(
        source, "line 1", "too-deep", f"is nested deeper than {MAX_DEPTH} levels or too long; flatten it"
    )


def _place(message: str) -> str:
    found = _AT.search(message)
    return found[1].replace(",", "") if found else "line 1"


def _what(message: str) -> str:
    return _AT.sub("", message).strip().rstrip(".") or "not TOML"


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [part for each in level for part in _parts(each) if isinstance(part, dict | list)]
        if not level:
            return False
    return True


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _at(value: object, pointer: str) -> object:
    for token in pointer.split("/")[1:]:
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value


def _patterns(key: str, value: object) -> list[bytes]:
    """Return what to look for: `key = "value"`, the quoted value, the header or key alone."""
    name = re.escape(key.encode())
    found = [rb"(?m)^[ \t]*(?:\[{1,2}[^\]\n]*\b)?%s\b(?:\]+|[ \t]*=)" % name] if key else []
    if isinstance(value, int):
        return [rb"(?m)^[ \t]*%s[ \t]*=[ \t]*%s\b" % (name, str(value).lower().encode()), *found]
    text = value.strip() if isinstance(value, str) else ""
    if text:
        first, *more = text.split("\n")
        end = b"" if more else rb"[ \t]*[\"']"  # T1059 is not T1059.001
        quoted = rb"[\"'][ \t]*%s%s" % (re.escape(first.strip().encode()), end)
        found = [rb"(?m)^[ \t]*%s[ \t]*=[ \t]*[\"']*%s" % (name, quoted), quoted, *found]
    return found
