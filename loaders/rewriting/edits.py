"""Tags replaced in the text of a file of rules: nothing else changes, and what is not certain is refused."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile
from loaders.reading.yaml_text import Span, YamlDocument, documents
from loaders.rewriting.patch import Entry
from loaders.rewriting.uncertain import UncertainError


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is put in the place of some characters."""

    start: int
    end: int
    text: str


def edited(path: str, data: bytes, places: Sequence[str], entries: Sequence[Entry]) -> bytes:
    """Return a file of rules in which tags are replaced.

    Args:
        path: of the file, for what is said of it.
        data: its content.
        places: JSON pointers of the lists of tags.
        entries: of this file.

    Raises:
        UncertainError: a tag is not there once, or is written in a way that does not allow it; or what would be
            written does not read as what is wanted.
    """
    before = _documents(path, data)
    wanted: list[dict[str, object]] = [deepcopy(each.value) for each in before]
    text = data
    for at in reversed(range(len(before))):
        own = [entry for entry in entries if _is_of(before[at], entry.rule)]
        if own:
            text = _in_document(text, before[at], places, own, wanted[at])
    _check_rules(before, entries)
    after = _documents(path, text)
    if [each.value for each in after] != wanted:
        raise UncertainError("what would be written reads otherwise")
    return text


def _documents(path: str, data: bytes) -> list[YamlDocument]:
    found = documents(SourceFile(path, data, sha256_hex(data)))
    read = [each for each in found if isinstance(each, YamlDocument)]
    if len(read) < len(found):
        raise UncertainError("the file has flaws")
    return read


def _is_of(document: YamlDocument, rule: str) -> bool:
    stated = document.value.get("id")
    own = str(stated).strip() if stated is not None else f"sha256-{sha256_hex(document.raw)[:32]}"
    return own.casefold() == rule.casefold()


def _check_rules(found: Sequence[YamlDocument], entries: Sequence[Entry]) -> None:
    for rule in dict.fromkeys(entry.rule for entry in entries):
        if sum(_is_of(document, rule) for document in found) != 1:
            raise UncertainError(f"the rule {rule} is not in it once")


def _in_document(
    data: bytes,
    document: YamlDocument,
    places: Sequence[str],
    entries: Sequence[Entry],
    wanted: dict[str, object],
) -> bytes:
    """Return the file with the tags of one document replaced, and change `wanted`, its value, alike."""
    text = document.raw.decode()
    spans = document.spans()
    gone: list[tuple[list[object], int]] = []
    cuts = []
    for entry in entries:
        tags, pointer = _found(wanted, places, entry.old)
        position = int(pointer.rpartition("/")[2])
        if pointer not in spans:
            raise UncertainError(f"the tag {entry.old!r} is an alias or has an anchor")
        cuts.append(_cut(text, spans[pointer], entry))
        if entry.new is None:
            gone.append((tags, position))
        else:
            tags[position] = entry.new
    for tags, position in sorted(gone, key=lambda each: each[1], reverse=True):
        del tags[position]
    for cut in sorted(cuts, key=lambda each: each.start, reverse=True):
        text = text[: cut.start] + cut.text + text[cut.end :]
    start = _start(data, document)
    return data[:start] + text.encode() + data[start + len(document.raw) :]


def _start(data: bytes, document: YamlDocument) -> int:
    """Return where a document begins in its file."""
    start = sum(len(line) for line in data.splitlines(keepends=True)[: document.line - 1])
    if data[start : start + len(document.raw)] != document.raw:
        raise UncertainError("its documents cannot be told apart")
    return start


def _found(value: dict[str, object], places: Sequence[str], old: str) -> tuple[list[object], str]:
    """Return the list that has a tag, and the tag's JSON pointer."""
    found = [
        (tags, f"{place}/{position}")
        for place in places
        for tags in [_at(value, place)]
        if isinstance(tags, list)
        for position, tag in enumerate(tags)
        if isinstance(tag, str) and tag.strip() == old.strip()
    ]
    if len(found) != 1:
        raise UncertainError(f"the tag {old!r} is not in it once")
    return found[0]


def _at(value: object, place: str) -> object:
    for token in place.split("/")[1:]:
        value = value.get(token) if isinstance(value, Mapping) else None
    return value


def _cut(text: str, span: Span, entry: Entry) -> _Cut:
    written = text[span.start : span.end]
    old = entry.old.strip()
    if written.strip("'\"") != old:
        raise UncertainError(f"the tag {entry.old!r} is written in a way of its own")
    if entry.new is not None:
        return _Cut(span.start, span.end, written.replace(old, entry.new))
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end) + 1 or len(text)
    if not re.fullmatch(rf"[ \t]*-[ \t]+{re.escape(written)}[ \t]*\r?\n?", text[start:end]):
        raise UncertainError(f"the tag {entry.old!r} is not alone in its line")
    return _Cut(start, end, "")
