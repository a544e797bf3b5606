"""A detection rule of any publisher, as the record from which the rows of every rule format are made."""

from dataclasses import dataclass, field

from graph.holding.rows import Properties
from loaders.evidence.model import Evidence


@dataclass(frozen=True, slots=True)
class Reads:
    """A log source that a rule reads.

    Attributes:
        name: ATT&CK's name of it; where ATT&CK has none, the publisher's, which then begins with its prefix.
        confidence: high, medium or low, of the table row that translated it; None where none did.
        needs: names of the other log sources without which the rule sees nothing in this one.
        stated: the publisher's name that it was translated from; None where the rule states one log source only.
    """

    name: str
    confidence: str | None = None
    needs: tuple[str, ...] = ()
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class LooksFor:
    """A data component that a rule can observe.

    Attributes:
        component: its identifier, `DC0032`.
        scope: log, category or event: what the component is one of.
        confidence: high, medium or low, of the table row that says so.
    """

    component: str
    scope: str
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class RelatesTo:
    """Another rule of the same set.

    Attributes:
        id: of the other rule in the set; one that the set does not have is left out of the rows.
        type: as the publisher writes it, such as `derived`.
    """

    id: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """A test of rules or techniques.

    Attributes:
        id: unique in the set.
        kind: `sigma-regression`, `publisher`, ...
        title: a line for people.
        sha256: of the record that states it.
        platforms: ATT&CK platforms that it runs on.
        on: day on which it was made or last run.
        author: who made it.
        exercises: identifiers of the techniques that it exercises.
        watched: what the platforms are of (`azure`, `m365`, ...), which decides what they were called before.
        rule_ids: publisher's ids of the rules that it is for, where they are of other sets.
        path: of the file that states it; None where the rule's file does.
        line: where it begins in that file.
    """

    id: str
    kind: str
    title: str
    sha256: str
    platforms: tuple[str, ...] = ()
    on: str | None = None
    author: str | None = None
    exercises: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    rule_ids: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionRule(Evidence):
    """A rule; the fields of `Evidence` are its id, title, status, description, record, platforms and claims.

    Attributes:
        not_counted: why coverage does not count it, such as `status deprecated`; None where it counts.
        severity: in the publisher's word.
        reads: log sources.
        looks_for: data components.
        names: identifiers of groups, software and other objects that it names without claiming them.
        relates_to: other rules of the set.
        tests: what comes with it to try it out.
        line: where its document begins in its file, from 1.
        author, license, date, modified: as published; dates as `YYYY-MM-DD`.
        tags: as written.
        tactics: shortnames of the tactics that it names.
        references: addresses.
        more: properties of the node that only its format has.
    """

    not_counted: str | None = None
    severity: str | None = None
    reads: tuple[Reads, ...] = ()
    looks_for: tuple[LooksFor, ...] = ()
    names: tuple[str, ...] = ()
    relates_to: tuple[RelatesTo, ...] = ()
    tests: tuple[RuleTest, ...] = ()
    line: int | None = None
    author: str | None = None
    license: str | None = None
    date: str | None = None
    modified: str | None = None
    tags: tuple[str, ...] = ()
    tactics: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    more: Properties = field(default_factory=dict)
