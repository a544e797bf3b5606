"""The kinds of missing relationships: the question that finds each, how bad one is, why it matters, what to do.

A kind is one .cypher file of this folder and one entry of the table.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from queries.params import EnabledIn, EvidenceIn, EvidenceOf, OfRelease
from queries.questions.missing.rows import (
    BarePlatform,
    BareTests,
    BlindRule,
    MigratedClaims,
    MismatchedRule,
    MissingOf,
    OffPlatformClaim,
    SpellingVariants,
    UnknownLogSource,
    UnresolvedClaims,
    UntaggedRule,
    UntestedRule,
)
from queries.spec import Question


class Severity(StrEnum):
    """How much a missing relationship costs whoever reads the graph."""

    HIGH = "high"
    """An answer is wrong or blind without it."""
    MEDIUM = "medium"
    """A decision lacks a fact."""
    LOW = "low"
    """Worth knowing; often as it should be."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of missing relationship.

    Attributes:
        question: what finds them.
        severity: how much one of them costs.
        reason: why it matters.
        todo: what to do about it.
        platform: field of its rows that has the platform which a row is about, where they have one.
    """

    question: Question[Any, Any]
    severity: Severity
    reason: str
    todo: str
    platform: str = "platform"

    @property
    def name(self) -> str:
        """A stable id, the question's name without its topic."""
        return self.question.name.partition(".")[2]

    @property
    def of_techniques(self) -> bool:
        """Whether a row is about the technique that it names; by their names, such as `technique-unclaimed`."""
        return self.name.startswith("technique-")


KINDS = (
    Kind(
        Question("missing.technique-unclaimed", EvidenceIn, MissingOf),
        Severity.HIGH,
        reason="nothing in use claims to detect it; in an environment, nothing that is enabled there",
        todo="enable or write a rule, those of known use first (`coverage --used-by`)",
    ),
    Kind(
        Question("missing.technique-without-mitigation", OfRelease, MissingOf),
        Severity.MEDIUM,
        reason="ATT&CK names no control, so only detection remains",
        todo="give these techniques priority in detection",
    ),
    Kind(
        Question("missing.technique-without-detection", OfRelease, MissingOf),
        Severity.HIGH,
        reason="no ATT&CK guidance: the release describes no way to detect it",
        todo="look for guidance elsewhere and note it in an annotation",
    ),
    Kind(
        Question("missing.technique-unused", OfRelease, MissingOf),
        Severity.LOW,
        reason="no group, campaign or software is known to use it",
        todo="give it less weight where you choose by known use",
    ),
    Kind(
        Question("missing.technique-platform-without-analytic", OfRelease, MissingOf),
        Severity.MEDIUM,
        reason="the technique exists on the platform, but no analytic is written for it",
        todo="adapt the analytic of a similar platform",
        platform="detail",
    ),
    Kind(
        Question("missing.analytic-without-log-source", OfRelease, MissingOf),
        Severity.MEDIUM,
        reason="whether its telemetry is collected cannot be determined",
        todo="find out which log sources it would have to read",
    ),
    Kind(
        Question("missing.analytic-outside-technique-platforms", OfRelease, MissingOf),
        Severity.LOW,
        reason="the analytic or the technique names the wrong platforms",
        todo="report it to ATT&CK; coverage counts the technique's platforms only",
    ),
    Kind(
        Question("missing.strategy-without-analytic", OfRelease, MissingOf),
        Severity.MEDIUM,
        reason="the strategy contains no detection guidance",
        todo="do not count it as guidance",
    ),
    Kind(
        Question("missing.component-without-analytic", OfRelease, MissingOf),
        Severity.LOW,
        reason="collecting it serves no analytic",
        todo="collect it only if a rule of yours needs it",
    ),
    Kind(
        Question("missing.component-without-log-source", OfRelease, MissingOf),
        Severity.LOW,
        reason="no log is known in which it can be seen",
        todo="find out which of your logs show it",
    ),
    Kind(
        Question("missing.log-source-not-declared-by-component", OfRelease, MissingOf),
        Severity.LOW,
        reason="the analytic and its component disagree about where to look",
        todo="trust the analytic, and report it to ATT&CK",
    ),
    Kind(
        Question("missing.revoked-without-successor", OfRelease, MissingOf),
        Severity.HIGH,
        reason="claims on it cannot be carried over to a successor",
        todo="re-tag evidence that still claims it",
    ),
    Kind(
        Question("missing.live-touches-dead", OfRelease, MissingOf),
        Severity.LOW,
        reason="the relationship joins an object that is revoked or deprecated",
        todo="do not follow it; coverage and related techniques do not",
    ),
    Kind(
        Question("missing.dangling-reference", OfRelease, MissingOf),
        Severity.MEDIUM,
        reason="the release refers to what it does not contain",
        todo="load the release again from its publisher; if it stays, report it",
    ),
    Kind(
        Question("missing.technique-in-text-only", OfRelease, MissingOf),
        Severity.LOW,
        reason="a description links an object that no relationship reaches",
        todo="read the description before relying on `uses` and `mitigates`",
    ),
    Kind(
        Question("missing.claim-unresolved", EvidenceIn, UnresolvedClaims),
        Severity.HIGH,
        reason="evidence claims an identifier that the release does not have, so it is not counted",
        todo="re-tag it, or load the domain in which it is known",
    ),
    Kind(
        Question("missing.claim-migrated", EvidenceIn, MigratedClaims),
        Severity.MEDIUM,
        reason="evidence claims a revoked identifier and counts for its successor",
        todo="check that it detects the successor too, then re-tag it",
    ),
    Kind(
        Question("missing.claim-off-platform", EvidenceIn, OffPlatformClaim),
        Severity.MEDIUM,
        reason="the rule runs on platforms that the technique does not have",
        todo="check the tag; it may fit a sibling or another technique",
    ),
    Kind(
        Question("missing.rule-without-technique", EvidenceOf, UntaggedRule),
        Severity.LOW,
        reason="the rule counts for no technique",
        todo="tag it, if it detects one",
    ),
    Kind(
        Question("missing.rule-tactic-unknown", EvidenceIn, MismatchedRule),
        Severity.LOW,
        reason="a tactic tag names nothing, so it says nothing about the rule",
        todo="correct its spelling, or load the release that has the tactic",
    ),
    Kind(
        Question("missing.rule-tactic-renamed", EvidenceIn, MismatchedRule),
        Severity.LOW,
        reason="a tactic tag is another release's name of a tactic that the techniques achieve",
        todo="write the name that this release has, once all your tools know it",
    ),
    Kind(
        Question("missing.rule-tactic-moved", EvidenceIn, MismatchedRule),
        Severity.LOW,
        reason="a tactic tag fits the techniques as another release has them",
        todo="tag the rule anew for this release",
    ),
    Kind(
        Question("missing.rule-tactic-mismatch", EvidenceIn, MismatchedRule),
        Severity.LOW,
        reason="a tactic tag fits the rule's techniques in no loaded release",
        todo="correct the tactic or add the technique that is meant",
    ),
    Kind(
        Question("missing.rule-without-attack-log-source", EvidenceIn, UnknownLogSource),
        Severity.MEDIUM,
        reason="visibility cannot be judged by ATT&CK's names",
        todo="declare the log source in your environment under the name shown",
    ),
    Kind(
        Question("missing.test-without-rule", OfRelease, BareTests),
        Severity.MEDIUM,
        reason="a technique can be tried out on a platform where no rule in use claims it",
        todo="begin here: write or load a rule, and run the tests",
    ),
    Kind(
        Question("missing.technique-without-test", OfRelease, MissingOf),
        Severity.LOW,
        reason="nothing that is loaded makes the technique happen, so a rule for it cannot be tried out",
        todo="load tests of it (`sightline load atomic`), or write one",
    ),
    Kind(
        Question("missing.rule-without-test", OfRelease, UntestedRule),
        Severity.LOW,
        reason="nobody has made a test for the rule, as far as is loaded",
        todo="load the tests of its publisher, or try it out and state the result in an environment",
    ),
    Kind(
        Question("missing.log-source-spelling-variants", OfRelease, SpellingVariants),
        Severity.LOW,
        reason="one log source has several names",
        todo="use the proposed name; questions join on it",
    ),
    Kind(
        Question("missing.platform-without-evidence", EvidenceIn, BarePlatform),
        Severity.HIGH,
        reason="no evidence claims a detection on the platform",
        todo="load evidence for it, or plan without it",
    ),
    Kind(
        Question("missing.covered-without-telemetry", EnabledIn, BlindRule),
        Severity.HIGH,
        reason="the rule is enabled, but none of its log sources is collected",
        todo="collect one of its log sources, or disable it",
    ),
)
