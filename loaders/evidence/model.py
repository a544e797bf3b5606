"""Evidence: what somebody claims about ATT&CK identifiers, as the typed records that formats are read into.

Rules, cloud detections and mapped capabilities differ in their own fields only; the sets that carry them,
their claims and the origins of these are the same, so that writing, resolving and tracing are written once.
"""

from dataclasses import dataclass
from enum import StrEnum

from loaders.reading.problems import Problem
from loaders.reading.record import Record


class SetLabel(StrEnum):
    """The second label of an evidence set: what kind of evidence it holds."""

    RULES = "RuleSet"
    DETECTIONS = "DetectionSet"
    MAPPINGS = "MappingSet"
    TESTS = "TestSet"


class Category(StrEnum):
    """What a piece of evidence claims to do about a technique."""

    DETECT = "detect"
    PROTECT = "protect"
    RESPOND = "respond"
    MITIGATE = "mitigate"


class Effectiveness(StrEnum):
    """How well it does so, in the words of CTID's scores; never turned into a number."""

    MINIMAL = "minimal"
    PARTIAL = "partial"
    SIGNIFICANT = "significant"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim is stated.

    Attributes:
        file: the file as the user named it, with `!entry` after an archive.
        pointer: where in it: a JSON pointer (RFC 6901) or `line 12`; "" for all of it.
        sha256: of the record that the claim was read from, 64 hex digits.
    """

    file: str
    pointer: str
    sha256: str

    def __str__(self) -> str:
        place = f"{self.file}#{self.pointer}" if self.pointer else self.file
        return f"{place} sha256:{self.sha256}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement about one ATT&CK identifier, as the source made it: nothing is resolved or converted.

    Attributes:
        attack_id: the identifier as claimed, `T1528` (the letter in upper case).
        category: None where the source names a technique without saying what it does about it.
        origin: where it is stated.
        effectiveness: the source's score, if it gives one.
        confidence: 0 to 1 as the publisher stated it, if he did.
        basis: basis of the confidence: vendor-doc, ctid, analyst, tested.
        raw_value: the words of the source that category and score were read from.
        as_of: the day of the statement, `YYYY-MM-DD`.
        status: complete, in_progress, non_mappable; active, retired; None for rules (theirs is the rule's).
        comment: the source's own reasoning.
        references: addresses that the source cites for it.
        count: how many equal rows (or unlisted findings) this one represents.
    """

    attack_id: str
    category: Category | None
    origin: Origin
    effectiveness: Effectiveness | None = None
    confidence: float | None = None
    basis: str | None = None
    raw_value: str | None = None
    as_of: str | None = None
    status: str | None = None
    comment: str | None = None
    references: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A thing that claims: the base of rules, detections and capabilities.

    Attributes:
        id: unique within its set; what the source calls it.
        title: a line for people.
        sha256: of the record it was read from; of the first one where several rows make one capability.
        path: the file in the set that holds it.
        status: the source's word on its maturity.
        description: the source's own words on what it is.
        platforms: the ATT&CK platforms that it runs on; empty: not stated, so its claims are unplaced.
        runs_on: the same, with what they are called in other releases, where what it watches tells; empty: worked
            out from `platforms` alone.
        claims: in the order of the source.
    """

    id: str
    title: str
    sha256: str
    path: str
    status: str | None = None
    description: str | None = None
    platforms: tuple[str, ...] = ()
    runs_on: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSet:
    """One dated, hashed set of evidence: what is loaded, replaced and removed as a whole.

    Attributes:
        label: RuleSet, DetectionSet, MappingSet or TestSet.
        name: what stays the same from version to version: `sigmahq`, `ctid-aws`.
        version: as its publisher writes it, without slashes: `r2026-04-01`, `12.12.2024`.
        kind: the format that it was read from: `sigma`, `ctid-explorer`, `ctid-security-stack`,
            `native-detections/1`.
        publisher: who publishes it, if the source states it.
        attack_version: the ATT&CK release it was made for, `16.1`, if the source says so.
        attack_domain: `enterprise-attack`, `mobile-attack` or `ics-attack`, if the source says so.
        source_name: the file, archive or folder, as the user named it.
        file_sha256: of the one file that carried the set; None for a folder.
        items: the evidence, in the order of the source.
        records: every record read, stored or not, in the order of the source: what the set's root is made of.
        problems: what was odd or could not be taken; stored with the set.
        pieces: how many pieces the source has (rules, mapping rows, findings), the rejected ones included; None:
            each item is one.
        stored: how many of them `items` hold; None: each item is one.
        tests: how many tests a set has that consists of them; its `items` are none.
        sample: whether it is the bundled sample: its evidence counts on sample releases only.
    """

    label: SetLabel
    name: str
    version: str
    kind: str
    source_name: str
    publisher: str | None = None
    attack_version: str | None = None
    attack_domain: str | None = None
    file_sha256: str | None = None
    items: tuple[Evidence, ...] = ()
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    pieces: int | None = None
    stored: int | None = None
    tests: int = 0
    sample: bool = False

    @property
    def key(self) -> str:
        """`<name>@<version>`, unique in the graph."""
        return f"{self.name}@{self.version}"

    def evidence_key(self, item: Evidence) -> str:
        """Return the graph's key of one of its items: the same rule in two releases of a set is two."""
        return f"{self.key}/{item.id}"
