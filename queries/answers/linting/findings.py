"""Findings of a release: what its texts say and its structure does not, and what is there twice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.errors import NotFoundError
from graph.spelling import did_you_mean
from queries.answers.conflicts import false_annotations
from queries.answers.linting.prose import TO_USE, USED_BY, USING, Mention, Names, mentions
from queries.ask import Asked, ask
from queries.params import OfRelease
from queries.questions.lint import questions as q

USERS = ("Group", "Campaign")
_WORD = re.compile(r"\b[a-z][a-z0-9]+\b")
_NAME = re.compile(r"[A-Z][A-Za-z0-9]{4,}")
"""Shorter names, and those of several words, are too often something else."""
_ANNOTATION_FALSE = "annotation-false"


@dataclass(frozen=True, slots=True)
class LintKind:
    """A kind of finding.

    Attributes:
        name: stable.
        reason: what it is, in a sentence.
        todo: what to do.
    """

    name: str
    reason: str
    todo: str


KINDS = (
    LintKind(
        "use-in-text-only",
        "The text says that one uses the other, and no relationship does.",
        "add the relationship, or correct the text",
    ),
    LintKind(
        "link-to-retired",
        "The text links an object that is revoked or deprecated.",
        "link what took its place",
    ),
    LintKind(
        "platform-in-text-only",
        "The text states a platform that the object does not have.",
        "add the platform, or correct the text",
    ),
    LintKind(
        "log-source-in-text-only",
        "The text of an analytic names a log that it does not read.",
        "add the log source, or correct the text",
    ),
    LintKind("analytic-repeated", "Analytics say and read the same.", "keep one of them"),
    LintKind(
        _ANNOTATION_FALSE, "An annotation claims what the graph denies.", "correct or retire the annotation"
    ),
)


@dataclass(frozen=True, slots=True)
class LintFinding:
    """Something to look at in the texts of a release.

    Attributes:
        kind: of `KINDS`.
        attack_id, name: of the object that has the text; of an annotation, the object that it is about.
        where: `description`, or the relationship whose description it is.
        other_id, other: what the text names.
        text: the sentence.
    """

    release: str
    kind: str
    attack_id: str
    name: str | None
    where: str
    other_id: str | None
    other: str | None
    text: str


class _Release:
    """The texts of a release."""

    def __init__(self, graph: Asked, release: str) -> None:
        self.key = release
        self.objects = ask(graph, q.OBJECTS, OfRelease(release))
        self.uses = ask(graph, q.USES, OfRelease(release))
        self.analytics = ask(graph, q.ANALYTICS, OfRelease(release))
        self.attributed = ask(graph, q.ATTRIBUTED, OfRelease(release))

    @cached_property
    def by_id(self) -> Mapping[str, q.TextOfObject]:
        """ATT&CK id -> its object, an active one where there is one."""
        ordered = sorted(self.objects, key=lambda each: (each.live, each.type != "Mitigation"))
        return {each.attack_id: each for each in ordered}

    @cached_property
    def names(self) -> Names:
        """Names of software that mean it wherever they are: one object's alone, and nowhere written as a word."""
        texts = [each.description or "" for each in self.objects] + [
            use.description or "" for use in self.uses
        ]
        words = {word for text in texts for word in _WORD.findall(text)}
        ids: dict[str, set[str]] = {}
        for each in self.objects:
            if each.type == "Software" and each.live:
                for name in {each.name or "", *each.aliases}:
                    ids.setdefault(name, set()).add(each.attack_id)
        return Names(
            {
                name: min(of_name)
                for name, of_name in ids.items()
                if len(of_name) == 1 and _NAME.fullmatch(name) and name.casefold() not in words
            }
        )

    @cached_property
    def by_stix_id(self) -> Mapping[str, q.TextOfObject]:
        """STIX id -> object."""
        return {each.stix_id: each for each in self.objects}

    @cached_property
    def live_ids(self) -> frozenset[str]:
        """ATT&CK ids that an active object has."""
        return frozenset(each.attack_id for each in self.objects if each.live)

    @cached_property
    def used(self) -> frozenset[tuple[str, str]]:
        """Pairs of ATT&CK ids, both ways, of which one uses the other; a group uses what its campaigns use."""
        ids = [
            (self.by_stix_id[use.user_id].attack_id, self.by_stix_id[use.used_id].attack_id)
            for use in self.uses
            if use.user_id in self.by_stix_id and use.used_id in self.by_stix_id
        ]
        behind: dict[str, list[str]] = {}
        for each in self.attributed:
            behind.setdefault(each.campaign_id, []).append(each.group_id)
        ids += [(group, other) for one, other in ids for group in behind.get(one, ())]
        return frozenset(pair for one, other in ids for pair in ((one, other), (other, one)))


def findings(graph: Asked, release: str) -> list[LintFinding]:
    """Return what is found in the texts of a release and in annotations on it, by kind and object.

    Raises:
        SightlineError: as `ask` raises it.
    """
    texts = _Release(graph, release)
    found = [
        *_in_texts(texts),
        *_platforms(texts),
        *_log_sources(texts),
        *_repeated(texts),
        *_annotations(graph, release),
    ]
    order = [kind.name for kind in KINDS]
    return sorted(
        dict.fromkeys(found),
        key=lambda each: (order.index(each.kind), each.attack_id, each.other_id or "", each.where),
    )


# Objects that texts name ------------------------------------------------------------------------------------


def _in_texts(texts: _Release) -> Iterator[LintFinding]:
    """Yield what links say, once for each pair of objects and kind."""
    seen: set[tuple[str, str, str]] = set()
    for owner, where, mention in _mentions(texts):
        other = texts.by_id.get(mention.attack_id)
        if other is None or other.attack_id == owner.attack_id:
            continue
        kind = _kind(texts, owner, other, mention)
        if kind and (kind, owner.attack_id, other.attack_id) not in seen:
            seen.add((kind, owner.attack_id, other.attack_id))
            yield LintFinding(
                texts.key,
                kind,
                owner.attack_id,
                owner.name,
                where,
                other.attack_id,
                other.name,
                mention.sentence,
            )


def _mentions(texts: _Release) -> Iterator[tuple[q.TextOfObject, str, Mention]]:
    for each in texts.objects:
        if each.live and each.description:
            yield from ((each, "description", mention) for mention in mentions(each.description))
    for use in texts.uses:
        user, used = texts.by_stix_id.get(use.user_id), texts.by_stix_id.get(use.used_id)
        if user and used and use.description:
            where = f"use of {used.attack_id}"
            yield from ((user, where, mention) for mention in mentions(use.description, texts.names))


def _kind(texts: _Release, owner: q.TextOfObject, other: q.TextOfObject, mention: Mention) -> str | None:
    if mention.attack_id not in texts.live_ids:
        return "link-to-retired"
    if (owner.attack_id, other.attack_id) in texts.used:
        return None
    if mention.is_in_doubt(of_techniques=owner.type == "Technique"):
        return None
    return "use-in-text-only" if _says_use(owner, other, mention) else None


def _says_use(owner: q.TextOfObject, other: q.TextOfObject, mention: Mention) -> bool:
    """Tell whether a sentence says that one of two objects, which a relationship could join, uses the other."""
    if other.type == "Software" and owner.type in (*USERS, "Technique"):
        return USING.search(mention.before) is not None or TO_USE.match(mention.behind) is not None
    if other.type in USERS and owner.type == "Software":
        others = [each for each in mention.earlier if each.startswith("S") and each != owner.attack_id]
        return not others and USED_BY.search(mention.before) is not None
    return False


# Platforms and log sources ----------------------------------------------------------------------------------

_PLATFORMS = ("Windows", "Linux", "macOS", "ESXi", "Android", "iOS")
_ONLY = re.compile(
    rf"\b(?:target(?:s|ing|ed)|infects?|infecting|compromises?|compromise|runs? on|designed for|written for)"
    rf"(?: (?:both|the|specifically))? (?P<all>(?:(?:{'|'.join(_PLATFORMS)})(?:, | and | or |, and )?)+)"
    r"(?: (?:mobile )?(?:systems|devices|hosts|machines|servers|computers|endpoints|users)\b|[.,])"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[])|\n+")


def _platforms(texts: _Release) -> Iterator[LintFinding]:
    """Yield the platforms for which a text says that software was made, and that it does not have."""
    for each in texts.objects:
        if each.type != "Software" or not each.live or not each.description:
            continue
        for sentence in _SENTENCE.split(each.description):
            for found in _ONLY.finditer(sentence):
                named = re.findall("|".join(_PLATFORMS), found["all"])
                missing = [name for name in named if name not in each.platforms]
                if missing and "separately" not in sentence:
                    yield LintFinding(
                        texts.key,
                        "platform-in-text-only",
                        each.attack_id,
                        each.name,
                        "description",
                        None,
                        ", ".join(missing),
                        " ".join(sentence.split()),
                    )


_LOGS: Mapping[str, tuple[str, ...]] = {
    "Sysmon": ("sysmon",),
    "auditd": ("auditd",),
    "CloudTrail": ("cloudtrail",),
    "osquery": ("osquery",),
    "Unified Log": ("unifiedlog",),
    "GuardDuty": ("guardduty",),
    "NetFlow": ("flow",),
    "VPC Flow": ("flow",),
    "hostd": ("hostd",),
    "vpxd": ("vpxd", "vpxa", "vcenter"),
    "Zeek": ("nsm", "zeek"),
    "journald": ("journald",),
    "Suricata": ("nsm", "suricata"),
    "Okta": ("okta",),
    "AMSI": ("amsi", "powershell"),
    "EndpointSecurity": ("endpointsecurity",),
}
"""How texts call a log -> what the name or channel of a log source has that is one of it."""
_NAMED_LOG = re.compile(
    rf"\b(?P<name>{'|'.join(_LOGS)})s?(?: (?:syscall|system|audit|flow|file|process|network|telemetry|Event))?"
    r" (?:logs?|events?|records?|telemetry|data|Event ID|EventCode)\b",
    re.IGNORECASE,
)
_FOLDED = {name.casefold(): words for name, words in _LOGS.items()}


def _log_sources(texts: _Release) -> Iterator[LintFinding]:
    """Yield the logs that the text of an analytic names as such, and that it does not read."""
    for each in texts.analytics:
        reads = " ".join(part for read in each.reads for part in read).casefold()
        for found in _NAMED_LOG.finditer(each.description or ""):
            if each.reads and not any(word in reads for word in _FOLDED[found["name"].casefold()]):
                yield LintFinding(
                    texts.key,
                    "log-source-in-text-only",
                    each.attack_id or each.stix_id,
                    each.name,
                    "description",
                    None,
                    found["name"],
                    " ".join((each.description or "").split()),
                )


# What is there twice, and what people wrote -----------------------------------------------------------------


def _repeated(texts: _Release) -> Iterator[LintFinding]:
    """Yield analytics that say the same, for the same platforms, and read the same; those alike are one finding."""
    alike: dict[object, list[q.AnalyticText]] = {}
    for each in texts.analytics:
        said = " ".join((each.description or "").split())
        if said:
            alike.setdefault((said, each.platforms, each.reads, each.mutable_elements), []).append(each)
    for first, *others in alike.values():
        if others:
            yield LintFinding(
                texts.key,
                "analytic-repeated",
                first.attack_id or first.stix_id,
                first.name,
                "description",
                ", ".join(each.attack_id or each.stix_id for each in others),
                f"{len(others)} more",
                " ".join((first.description or "").split()),
            )


def _annotations(graph: Asked, release: str) -> Iterator[LintFinding]:
    for each in false_annotations(graph, release):
        yield LintFinding(
            release,
            _ANNOTATION_FALSE,
            each.technique_id,
            None,
            each.origin or "",
            None,
            each.other_says,
            f"{each.one}: {each.says}",
        )


def lint_kinds(names: Sequence[str]) -> list[LintKind]:
    """Return the kinds of these names, all where none is named.

    Raises:
        NotFoundError: there is no such kind; the nearest names are in the message.
    """
    known = {kind.name: kind for kind in KINDS}
    for name in names:
        if name not in known:
            todo = did_you_mean(name, known, otherwise=f"available: {', '.join(known)}")
            raise NotFoundError("no such kind", where=name, todo=todo)
    return [known[name] for name in names] or list(KINDS)
