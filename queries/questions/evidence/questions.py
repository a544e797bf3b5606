"""The questions about statements themselves, with the types of what they take and return."""

from dataclasses import dataclass

from queries.params import InEnvironment, Nothing, OfLogSource, OfObject, OfRelease
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class SinceDate:
    """A release, and a date as `2024-01-01`."""

    release: str
    since: str


@dataclass(frozen=True, slots=True)
class EvidenceOfRelease:
    """A release, and one set of evidence in use (its name or key), or all of them."""

    release: str
    set: str | None = None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A release, and a smallest number."""

    release: str
    at_least: int = 5


@dataclass(frozen=True, slots=True)
class OfRule:
    """A rule, by its UUID."""

    id: str


@dataclass(frozen=True, slots=True)
class OneOrAll:
    """A release, and a technique of it or None for all."""

    release: str
    attack_id: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """What one set says of a technique, by category; confidence is 0 to 1 as stated."""

    release: str
    technique_id: str
    set: str
    publisher: str | None
    current: bool
    attack_version: str | None
    category: str
    evidence: int
    effectiveness: tuple[str, ...]
    confidence_min: float | None
    confidence_max: float | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class UndatedClaims:
    """A set with claims that have no date, neither of their own nor of the rule that makes them."""

    release: str
    set: str
    claims: int
    evidence: int
    techniques: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaselessClaim:
    """A claim whose confidence rests on nothing that is stated."""

    release: str
    set: str
    source: str | None
    technique_id: str
    confidence: float
    pieces: int
    as_of: str | None
    origin_file: str | None
    origin_pointer: str | None


@dataclass(frozen=True, slots=True)
class StaleTechnique:
    """A technique whose youngest claim is older than the date asked for."""

    release: str
    technique_id: str
    technique: str
    evidence: int
    oldest: str
    youngest: str
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BroadRule:
    """A rule that claims many techniques."""

    release: str
    evidence_id: str
    title: str | None
    set: str
    status: str | None
    level: str | None
    techniques: int
    technique_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleOfLogSource:
    """A rule that reads the log source, and the techniques that it claims."""

    release: str
    log_source: str
    evidence_id: str
    title: str | None
    set: str
    status: str | None
    level: str | None
    technique_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadLogSource:
    """A log source as rules state it (`sigma:azure//signinlogs`), what depends on it, and whose rules read it."""

    release: str
    log_source: str
    rules: int
    techniques: int
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfSet:
    """A set of evidence by its key, and the release in which its claims are read."""

    release: str
    set: str


@dataclass(frozen=True, slots=True)
class EvidenceOfSet:
    """A rule, detection or capability of a set, and the techniques that it claims in the release."""

    release: str
    set: str
    type: str
    key: str
    evidence_id: str
    title: str | None
    status: str | None
    counted: bool
    platforms: tuple[str, ...]
    technique_ids: tuple[str, ...]
    sha256: str | None


@dataclass(frozen=True, slots=True)
class RelatedRule:
    """A rule that another names, by the word of its author; `direction` as seen from the rule asked for."""

    key: str
    direction: str
    relation: str | None
    evidence_id: str
    title: str | None
    set: str
    status: str | None


@dataclass(frozen=True, slots=True)
class DialectCount:
    """How many rules of a set compile to a dialect; up to five examples of those that do not."""

    set: str
    dialect: str
    backend_version: str | None
    compiled: int
    failed: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductStatement:
    """One mapping says that `says_of` detects the technique; what another mapping of the product says instead."""

    release: str
    kind: str
    technique_id: str
    technique: str
    product: str | None
    set: str
    says_of: str | None
    evidence: int
    origin_file: str | None
    origin_pointer: str | None
    other_set: str | None
    other_names: tuple[str, ...]
    other_says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnnotationClaims:
    """An annotation with claims about its object, each as JSON `{"field": ..., "expect": ...}`."""

    release: str
    key: str
    author: str | None
    created: str | None
    attack_id: str
    name: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestOfTechnique:
    """A test of a technique, or of rules that claim it.

    Attributes:
        kind: who makes such tests: sigma-regression, publisher, publisher-manual, atomic.
        on: day of the test, where it is stated.
        rules: titles of the rules that it tries out and that claim the technique; none where it makes it happen.
    """

    release: str
    technique_id: str
    test_id: str
    title: str
    kind: str
    author: str | None
    on: str | None
    platforms: tuple[str, ...]
    set: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestResult:
    """What trying something out gave in an environment: detected, blocked or missed.

    Attributes:
        tried: `test` or `rule`.
        technique_ids: what the test exercises, or the rule claims.
    """

    release: str
    environment: str
    state: str
    on: str
    tried: str
    id: str
    title: str | None
    set: str
    technique_ids: tuple[str, ...]
    note: str | None


WHO_SAYS = Question("evidence.who-says", OfObject, Saying)
UNDATED = Question("evidence.undated", OfRelease, UndatedClaims)
WITHOUT_BASIS = Question("evidence.without-basis", OfRelease, BaselessClaim)
STALE = Question("evidence.stale", SinceDate, StaleTechnique)
BROAD_RULES = Question("evidence.broad-rules", AtLeast, BroadRule)
RULES_OF_LOG_SOURCE = Question("evidence.rules-of-log-source", OfLogSource, RuleOfLogSource)
RELATED_RULES = Question("evidence.related-rules", OfRule, RelatedRule)
LOG_SOURCES_READ = Question("evidence.log-sources-read", EvidenceOfRelease, ReadLogSource)
OF_SET = Question("evidence.of-set", OfSet, EvidenceOfSet)
DIALECTS = Question("evidence.dialects", Nothing, DialectCount)
PRODUCTS = Question("evidence.products", OneOrAll, ProductStatement)
TESTS = Question("evidence.tests", OfObject, TestOfTechnique)
RESULTS = Question("evidence.results", InEnvironment, TestResult)
ANNOTATION_CLAIMS = Question("evidence.annotation-claims", OfRelease, AnnotationClaims)
