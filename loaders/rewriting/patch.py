"""A patch: which tag of which rule is written how in another release, and what a person has to decide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.record import sha256_hex
from loaders.checking.places import stated
from loaders.reading.one_file import SourceFile
from loaders.reading.yaml_text import YamlDocument, documents
from loaders.rewriting.tags import ELASTIC, PLACES, shortname, with_tactic, with_technique


@dataclass(frozen=True, slots=True)
class Carrier:
    """A rule that has a tag to be rewritten.

    Attributes:
        file: in its set.
        rule: its id.
        format: the word after `load`.
        line: where it begins in its file.
        record: its text.
    """

    file: str
    rule: str
    format: str
    line: int
    record: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one tag.

    Attributes:
        carrier: the rule.
        at: where it is: a JSON pointer in the record, or `line 12` of the file; "" where that is not known.
        old: as written.
        successors: ids or shortnames that can take its place.
        reason: why.
        name: of the only successor; None where that is not known.
    """

    carrier: Carrier
    at: str
    old: str
    successors: tuple[str, ...]
    reason: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A tag and what is written in its place; None where that is a tag of the rule already, or a person decides.

    Elastic writes the name of a technique beside its id: `name` is that of the new one, None in other formats.
    """

    file: str
    line: int | None
    rule: str
    old: str
    new: str | None
    reason: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """The entries of a patch, in the order of files and lines."""

    techniques: tuple[Entry, ...]
    tactics: tuple[Entry, ...]
    for_a_person: tuple[Entry, ...]


class Patching:
    """A patch that is being put together; of a rule, no tag is written twice."""

    def __init__(self) -> None:
        self._techniques: list[Entry] = []
        self._tactics: list[Entry] = []
        self._for_a_person: list[Entry] = []
        self._lines: dict[str, YamlDocument | None] = {}

    def technique(self, change: Change, present: set[str]) -> None:
        """Take a technique's tag; `present` are the ids that the rule has, and gets what is written."""
        (successor, *others) = change.successors or ("",)
        new = with_technique(change.old, successor) if successor and not others else None
        hindrance = _hindrance(change, new, present=successor in present)
        if new is None or hindrance is not None:
            reason = f"{change.reason}; {hindrance}" if new and hindrance else change.reason
            self._for_a_person.append(self._entry(replace(change, reason=reason), None))
            return
        self._techniques.append(self._entry(change, None if successor in present else new))
        present.add(successor)

    def tactic(self, change: Change, present: set[str]) -> None:
        """Take a tactic's tag; `present` are the shortnames that the rule has, and gets what is written."""
        (successor, *others) = change.successors or ("",)
        if not successor or others or not change.at or not _is_alone(change.carrier):
            self._for_a_person.append(self._entry(change, None))
            return
        new = with_tactic(change.old, successor)
        self._tactics.append(self._entry(change, None if successor in present else new))
        present.add(successor)

    def whole(self) -> Patch:
        """Return what was taken."""
        return Patch(*(_ordered(each) for each in (self._techniques, self._tactics, self._for_a_person)))

    def _entry(self, change: Change, new: str | None) -> Entry:
        carrier = change.carrier
        name = change.name if new and carrier.format == ELASTIC else None
        return Entry(carrier.file, self._line(change), carrier.rule, change.old, new, change.reason, name)

    def _line(self, change: Change) -> int | None:
        line, _ = stated(change.at)
        if line is not None or not change.at:
            return line or change.carrier.line
        document = self._document(change.carrier.record)
        return document.locate(change.at) + change.carrier.line - 1 if document else change.carrier.line

    def _document(self, record: str) -> YamlDocument | None:
        if record not in self._lines:
            data = record.encode("utf-8", "surrogatepass")
            found = documents(SourceFile("record", data, sha256_hex(data)))
            first = found[0] if len(found) == 1 else None
            self._lines[record] = first if isinstance(first, YamlDocument) else None
        return self._lines[record]


def place_of_tactic(carrier: Carrier, tags: Sequence[str], tactic: str) -> tuple[str, str] | None:
    """Return where a rule names a tactic, as a JSON pointer, and how; None where that is in no list of tags.

    Args:
        carrier: the rule.
        tags: those of it, as written.
        tactic: its shortname.
    """
    lists = PLACES.get(carrier.format, ())
    for position, tag in enumerate(tags):
        if lists and shortname(tag) == tactic:
            return f"{lists[-1]}/{position}", tag
    return None


def _is_alone(carrier: Carrier) -> bool:
    """Tell whether a tag stands for itself: Elastic writes names and addresses beside ids, which change too."""
    return carrier.format in PLACES


def _hindrance(change: Change, new: str | None, *, present: bool) -> str | None:
    """Return why a technique cannot be replaced where it is; None where it can.

    Of Elastic's tables one is changed and none is moved or taken out: a technique becomes a technique, and a
    sub-technique another one of the same technique.
    """
    if change.carrier.format != ELASTIC:
        return None if _is_alone(change.carrier) else "its format does not write it as a tag"
    if present:
        return "the rule has it in another table"
    (old_parent, old_dot, _), (parent, dot, _) = change.old.strip().partition("."), (new or "").partition(".")
    if change.name is None or dot != old_dot or (dot and parent != old_parent):
        return "it belongs in another table"
    return None


def _ordered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.file, entry.line or 0, entry.rule, entry.old)))


def document_of(patch: Patch, *, before: str, after: str, of_set: str) -> Mapping[str, object]:
    """Return a patch as the JSON that `--patch` writes."""
    return {
        "from": before,
        "to": after,
        "set": of_set,
        "techniques": [_body(each) for each in patch.techniques],
        "tactics": [_body(each) for each in patch.tactics],
        "for_a_person": [_body(each) for each in patch.for_a_person],
    }


def _body(entry: Entry) -> Mapping[str, object]:
    return {
        "file": entry.file,
        "line": entry.line,
        "rule": entry.rule,
        "old": entry.old,
        "new": entry.new,
        "reason": entry.reason,
        "name": entry.name,
    }
