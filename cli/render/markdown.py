"""Answers as Markdown in which no text of others can become markup: rows as a table, an object under headings."""

import re
from collections.abc import Iterator

from cli.answer import One, Rows
from cli.render.cells import is_number
from cli.render.fields import in_words, lists_of, named_fields
from cli.render.screen import Screen
from cli.render.titles import title, titled
from cli.render.visible import visible

_MARKUP = re.compile(
    r"[\\`*\[\]|~$<]"  # emphasis, code, links, HTML, borders, mathematics
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word it is only a line
    r"|&(?=#|\w)"
    r"|(?<=http):|(?<=https):|(?<=ftp):|(?<=mailto):|(?<=xmpp):"
    r"|(?<=\bwww)\.",
    re.IGNORECASE,
)
_AT = re.compile(r"[\w.+-]*@[\w.-]+")
"""What hosts take for an address, or for somebody to be notified: `enterprise-attack@18.1` is neither."""
_BEGINS_A_BLOCK = re.compile(r"^(?=[#>+=-])|^(\d+)(?=[.)])")
LONG = 240
"""Letters from which a text of an object is a part of its own, not a cell."""


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer; no screen wraps Markdown
    """Return GitHub's Markdown (GFM, section 4.10): a table of rows, or an object's parts under headings.

    An empty answer is a table with a header only.
    """
    if isinstance(answer, Rows):
        return _table(answer)
    return "\n".join(_parts(answer.value))


def _table(rows: Rows) -> str:
    rows = titled(rows)
    numeric = [_all_numbers(rows, at) for at in range(len(rows.columns))]
    lines = [
        _line([escaped(name) for name in rows.columns]),
        _line(["---:" if right else "---" for right in numeric]),
        *(_line([escaped(in_words(value)) for value in row]) for row in rows.values),
    ]
    return "\n".join(lines) + "\n"


def _parts(value: object) -> Iterator[str]:
    """Yield what an object is called, a table of its short fields, its long texts, and its lists as tables."""
    lists = lists_of(value)
    given = {name: each for name, each in named_fields(value) if each not in (None, "", [], (), {})}
    yield f"# {_called(given)}\n"
    short = {name: in_words(each) for name, each in given.items() if name not in lists}
    long = {name: short.pop(name) for name in [*short] if _is_long(short[name])}
    yield _table(Rows(("field", "value"), [(title(name), each) for name, each in short.items()]))
    for name, text in long.items():
        yield f"## {escaped(title(name))}\n\n{_paragraphs(text)}\n"
    for name, rows in lists.items():
        yield f"## {escaped(title(name))} ({len(rows.values)})\n\n{_table(rows)}"


def _called(given: dict[str, object]) -> str:
    words = [in_words(given[name]) for name in ("attack_id", "name", "title", "key", "set") if name in given]
    return escaped(" ".join(words[:2]) or next((in_words(each) for each in given.values()), ""))


def _is_long(text: str) -> bool:
    return len(text) > LONG or "\n" in text.strip()


def _paragraphs(text: str) -> str:
    """Return a text of others as paragraphs: no line of it begins a heading, a list or a quotation."""
    lines = [_inert(line.strip()) for line in visible(text, keep="\n").split("\n")]
    return "\n".join(_BEGINS_A_BLOCK.sub(lambda match: f"{match[1] or ''}\\", line) for line in lines)


def escaped(text: str) -> str:
    """Return `text` as Markdown that reads as `text`: no emphasis, link, HTML or border comes out of it."""
    lines = visible(text, keep="\n").split("\n")
    return " <br> ".join(_inert(line) for line in lines)


def _inert(line: str) -> str:
    """Return a line with backslashes before markup; a word with an @ is code, which no host links or notifies."""
    parts, end = [], 0
    for match in _AT.finditer(line):
        parts += [_escaped(line[end : match.start()]), f"`{match.group()}`"]
        end = match.end()
    return "".join([*parts, _escaped(line[end:])])


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: "\\" + match.group(), text)


def _line(fields: list[str]) -> str:
    return f"| {' | '.join(fields)} |"


def _all_numbers(rows: Rows, at: int) -> bool:
    values = [row[at] for row in rows.values if row[at] is not None]
    return bool(values) and all(is_number(value) for value in values)
