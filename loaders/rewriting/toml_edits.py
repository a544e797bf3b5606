"""Techniques replaced in the text of a rule of Elastic: a table's id, name and reference, and nothing else.

A table stays where it is, so that a technique becomes a technique, and a sub-technique another one of its technique.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile
from loaders.reading.toml_text import TomlDocument, document
from loaders.rewriting.patch import Entry
from loaders.rewriting.uncertain import UncertainError

TECHNIQUE, SUBTECHNIQUE = "rule.threat.technique", "rule.threat.technique.subtechnique"
_HEADER = re.compile(r"[ \t]*\[\[[ \t]*([\w. \t]+?)[ \t]*\]\][ \t]*(?:#.*)?")
_ANY_HEADER = re.compile(r"[ \t]*\[")
_VALUE = re.compile(r"[ \t]*(id|name|reference)[ \t]*=[ \t]*([\"'])(.*?)\2[ \t]*(?:#.*)?")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ADDRESS = "https://attack.mitre.org/techniques/"


class _Table(NamedTuple):
    """A table of a technique.

    Attributes:
        name: of its header.
        value: what it says.
        claims: whether it is a claim: it has no sub-techniques.
        within: id of the technique that a sub-technique is in; None of a technique.
    """

    name: str
    value: dict[str, object]
    claims: bool
    within: str | None


def edited_toml(path: str, data: bytes, entries: Sequence[Entry]) -> bytes:
    """Return the file of a rule in which techniques are replaced.

    Args:
        path: of the file, for what is said of it.
        data: its content.
        entries: of this file; each with the name of its new technique.

    Raises:
        UncertainError: a technique is not there, or is written in a way that does not allow it; or what would be
            written does not read as what is wanted.
    """
    wanted = _document(path, data)
    _check_rule(wanted, entries)
    tables = list(_tables(wanted))
    lines = _LINE.findall(data.decode())
    starts = [at for at, line in enumerate(lines) if _header(line) in (TECHNIQUE, SUBTECHNIQUE)]
    if [_header(lines[at]) for at in starts] != [table.name for table in tables]:
        raise UncertainError("its techniques are not tables with headers of their own")
    for entry in entries:
        for start, table in _claiming(starts, tables, entry.old):
            _replace(lines, start, table, entry)
    text = "".join(lines).encode()
    if _document(path, text) != wanted:
        raise UncertainError("what would be written reads otherwise")
    return text


def _document(path: str, data: bytes) -> dict[str, object]:
    found = document(SourceFile(path, data, sha256_hex(data)))
    if not isinstance(found, TomlDocument):
        raise UncertainError("the file has flaws")
    return found.value


def _check_rule(value: Mapping[str, object], entries: Sequence[Entry]) -> None:
    table = value.get("rule")
    stated = table.get("rule_id") if isinstance(table, Mapping) else None
    for entry in entries:
        if str(stated).strip().casefold() != entry.rule.casefold():
            raise UncertainError(f"the rule {entry.rule} is not in it")


def _tables(value: Mapping[str, object]) -> Iterator[_Table]:
    """Yield the tables of techniques in the order in which TOML has them written."""
    for threat in _listed(value.get("rule"), "threat"):
        for technique in _listed(threat, "technique"):
            below = _listed(technique, "subtechnique")
            yield _Table(TECHNIQUE, technique, not below, None)
            for each in below:
                yield _Table(SUBTECHNIQUE, each, claims=True, within=str(technique.get("id")))


def _listed(value: object, name: str) -> list[dict[str, object]]:
    listed = value.get(name) if isinstance(value, Mapping) else None
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _header(line: str) -> str | None:
    found = _HEADER.fullmatch(line.rstrip("\r\n"))
    return re.sub(r"[ \t]", "", found[1]) if found else None


def _claiming(starts: Sequence[int], tables: Sequence[_Table], old: str) -> list[tuple[int, _Table]]:
    """Return the tables that claim a technique, each with the line of its header: one under each tactic."""
    found = [
        (start, table)
        for start, table in zip(starts, tables, strict=True)
        if table.claims and table.value.get("id") == old
    ]
    if not found:
        raise UncertainError(f"the technique {old} is not in it")
    return found


def _replace(lines: list[str], start: int, table: _Table, entry: Entry) -> None:
    """Change the lines below a header, and what the table says, alike."""
    if entry.new is None or entry.name is None:
        raise UncertainError(f"the technique {entry.old} is to go with its table")
    parent, dot, _ = entry.new.partition(".")
    if parent != table.within if dot else table.within is not None:
        raise UncertainError(f"{entry.new} does not belong where {entry.old} is")
    new = {"id": entry.new, "name": entry.name, "reference": _address(entry.new)}
    if str(table.value.get("reference", _address(entry.old))).rstrip("/") != _address(entry.old).rstrip("/"):
        raise UncertainError(f"the reference beside {entry.old} is not its own")
    stated = [name for name in new if name in table.value]
    for at, name, written in _values(lines, start):
        if name in stated and written == table.value[name]:
            stated.remove(name)
            ending = "" if name != "reference" or written.endswith("/") else "/"
            text = new[name].removesuffix(ending) if ending else new[name]
            lines[at] = _with_value(lines[at], text)
            table.value[name] = text
    if stated:
        raise UncertainError(f"the {stated[0]} of {entry.old} is written in a way of its own")


def _values(lines: Sequence[str], start: int) -> Iterator[tuple[int, str, str]]:
    """Yield (line, key, text between its quotes) of the three keys below a header."""
    for at in range(start + 1, len(lines)):
        if _ANY_HEADER.match(lines[at]):
            return
        found = _VALUE.fullmatch(lines[at].rstrip("\r\n"))
        if found:
            yield at, found[1], found[3]


def _with_value(line: str, text: str) -> str:
    found = _VALUE.fullmatch(line.rstrip("\r\n"))
    assert found is not None  # noqa: S101  _values gave the line
    if found[2] in text or "\\" in text:
        raise UncertainError(f"{text!r} cannot be written in its quotes")
    return line[: found.start(3)] + text + line[found.end(3) :]


def _address(attack_id: str) -> str:
    return f"{_ADDRESS}{attack_id.replace('.', '/')}/"
