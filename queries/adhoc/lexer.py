r"""Cypher text as tokens, with the strings, comments and names in backticks taken whole.

Follows what Neo4j 5.26 does, tried against a real server: `\uXXXX` is resolved before anything else, in
keywords, quotes and comments too, unless its backslash is the second of a pair; a backslash escapes the next
character in a string but not in backticks, where a doubled backtick is one; block comments do not nest;
a line comment ends at LF or CR only. What is not in the pattern below is refused, not skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from graph.errors import NotAReadError


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NAME = "name in backticks"
    TEXT = "string"
    NUMBER = "number"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of Cypher.

    Attributes:
        kind: what it is.
        text: as written, with escapes resolved; of a name in backticks what is between them.
        place: `line 1, column 5`, counted in the text after its escapes were resolved.
    """

    kind: Kind
    text: str
    place: str

    @property
    def upper(self) -> str:
        """A word in capitals, since keywords have no case; "" for what is no word."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind is Kind.SIGN and self.text in signs


_ESCAPE = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})")
# The quantifiers with a second + give nothing back, so that no text takes more than linear time.
_TOKEN = re.compile(
    r"""
    (?P<BLANK> [\t-\r\x1c-\x20\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]++ )
  | (?P<COMMENT> //[^\n\r]*+ | /\*[\s\S]*?\*/ )
  | (?P<TEXT> '(?:[^'\\]++|\\[\s\S])*+' | "(?:[^"\\]++|\\[\s\S])*+" )
  | (?P<NAME> `(?:[^`]++|``)*+` )
  | (?P<NUMBER> 0[xX][0-9A-Fa-f_]++ | 0[oO][0-7_]++ | [0-9][0-9_]*+(?:\.[0-9][0-9_]*+)?+(?:[eE][+-]?[0-9]++)?+ )
  | (?P<WORD> [^\W\d]\w*+ )
  | (?P<SIGN> \.\. | /(?!\*) | [-+*%^=<>~!&|:;,.$(){}\[\]] )
    """,
    re.VERBOSE,
)
_SKIPPED = ("BLANK", "COMMENT")
_UNENDED = {"'": "the string", '"': "the string", "`": "the name in backticks", "/": "the comment"}


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of Cypher text, without white space and comments.

    Raises:
        NotAReadError: a string, name or comment does not end, or a character has no place in Cypher outside
            of them: an invisible one, or a dash or bracket that only looks like the usual one.
    """
    read = resolved(text)
    at, line, begin = 0, 1, 0
    while at < len(read):
        match = _TOKEN.match(read, at)
        if match is None or match.lastgroup is None:
            raise _unreadable(read[at], _place(line, at - begin + 1))
        if match.lastgroup not in _SKIPPED:
            yield _token(Kind[match.lastgroup], match.group(), _place(line, at - begin + 1))
        at = match.end()
        if breaks := match.group().count("\n"):
            line, begin = line + breaks, read.rfind("\n", 0, at) + 1


def resolved(text: str) -> str:
    r"""Return `text` with each `\uXXXX` as the character it stands for, once, as the server does first."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[0], text)


def _place(line: int, column: int) -> str:
    return f"line {line}, column {column}"


def _token(kind: Kind, written: str, where: str) -> Token:
    return Token(kind, written[1:-1].replace("``", "`") if kind is Kind.NAME else written, where)


def _unreadable(character: str, where: str) -> NotAReadError:
    if character in _UNENDED:
        return NotAReadError(f"{_UNENDED[character]} that begins here is not closed", where=where)
    return NotAReadError(
        f"the character U+{ord(character):04X} is not allowed here",
        where=where,
        todo="outside strings and comments write it in backticks, or leave it out",
    )
