"""What a check finds: its kind, how bad it is, where it is, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.record import sha256_hex


class Level(StrEnum):
    """How bad a finding is, in the words of SARIF 2.1.0 (section 3.27.10)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding.

    Attributes:
        level: how bad.
        summary: what it is, in a sentence.
    """

    level: Level
    summary: str


_E, _W, _N = Level.ERROR, Level.WARNING, Level.NOTE
CODES: Mapping[str, Code] = {
    "unknown-technique": Code(_E, "The rule claims an id that no given release has."),
    "revoked-technique": Code(_W, "The rule claims an id that another one replaces."),
    "deprecated-technique": Code(_W, "The rule claims a technique that ATT&CK has given up."),
    "newer-technique": Code(_W, "The rule claims an id that only a newer release has."),
    "off-platform": Code(_N, "The rule runs on none of the platforms of a technique that it claims."),
    "rule-tactic-unknown": Code(_E, "No release has a tactic of this name."),
    "rule-tactic-renamed": Code(_N, "The rule names a tactic by the name of another release."),
    "rule-tactic-moved": Code(_N, "A technique of the rule achieves this tactic in another release."),
    "rule-tactic-mismatch": Code(_W, "No technique of the rule achieves this tactic in any given release."),
    "unknown-tag": Code(_W, "A tag has the wrong prefix or none, or is not one of ATT&CK's."),
    "bad-attack-id": Code(_W, "What is claimed is not the id of a technique."),
    "repeated-tag": Code(_N, "A tag is there twice."),
    "no-id": Code(_W, "The rule has no id."),
    "repeated-id": Code(_E, "Another rule has the same id."),
    "detects-nothing": Code(_E, "The rule has no condition or no search."),
    "no-log-source": Code(_W, "The rule names no log source."),
    "unknown-log-source": Code(_N, "No table knows the log source."),
    "unknown-rule": Code(_E, "The rule refers to a rule that is not there."),
    "ambiguous-rule": Code(_W, "The rule refers to a name that several rules have."),
    "not-a-rule": Code(_N, "The document is not a rule."),
    "technique-lost": Code(_W, "The last rule of a technique is gone."),
    "technique-gained": Code(_N, "A technique has its first rule."),
}
"""Kinds with a level of their own; what reading reports besides is an error where it costs the rule, else a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to look at in a repository of rules.

    Attributes:
        file: as the user named it, with `!entry` after an archive; "" for the whole.
        line, column: where, from 1; None where it is all of the file.
        code: what kind of thing.
        level: error, warning or note.
        message: what is wrong.
        todo: what to do, None where the message says it.
        rule: id of the rule, if it is about one.
        subject: what it is about in the rule: an id, a tag, a log source.
    """

    file: str
    line: int | None
    column: int | None
    code: str
    level: Level
    message: str
    todo: str | None
    rule: str | None
    subject: str | None

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines move: a SHA-256 over code, rule (else file) and subject (else message)."""
        parts = (self.code, self.rule or self.file, self.subject or self.message)
        return sha256_hex("\n".join(parts).encode("utf-8", "surrogatepass"))
