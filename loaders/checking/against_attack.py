"""One rule held against ATT&CK: its techniques, their platforms, and its tactics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.spelling import did_you_mean
from loaders.checking.official import Dead, Official, Shelf, Technique
from loaders.evidence.model import Claim
from loaders.evidence.read_rules import AnyRule
from loaders.tables.rows import packed
from loaders.tables.tactics import TACTIC_TABLE, nearest_tactic

_ICS, _OF_ICS = "ics-attack", "T0"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding without its place.

    Attributes:
        code: of `loaders.checking.finding.CODES`.
        message, todo: what is wrong, what to do.
        claim: the claim that it is about, if it is about one.
        tactic: the tactic, if it is about one.
    """

    code: str
    message: str
    todo: str | None
    claim: Claim | None = None
    tactic: str | None = None


def judged(rule: AnyRule, attack: Shelf) -> Iterator[Judgement]:
    """Yield what is wrong with the techniques and tactics of a rule."""
    meanings: list[tuple[Official, Technique]] = []
    for claim in rule.claims:
        found = attack.meaning(claim.attack_id)
        if found is None:
            yield _unresolved(claim, attack)
            continue
        meanings.append(found)
        yield from _resolved(rule, claim, *found)
    for tactic in dict.fromkeys(rule.tactics):
        judgement = _tactic(rule, tactic, meanings, attack)
        if judgement is not None:
            yield judgement


def _unresolved(claim: Claim, attack: Shelf) -> Judgement:
    """Return why an id means nothing in the asked releases: given up, newer, or nowhere."""
    attack_id = claim.attack_id
    for release in attack.asked:
        dead = release.dead(attack_id)
        if dead is not None:
            return _of_dead(claim, dead, release)
    newer = next(
        (each for each in attack.others if each.technique(attack_id) and _is_newer(each, attack)), None
    )
    asked = ", ".join(each.key for each in attack.asked)
    if newer is not None:
        before = sorted(old for old in newer.replaced_by(attack_id) if attack.meaning(old) is not None)
        todo = (
            f"in {asked} it is {' or '.join(before)}" if before else f"hold the rules against {newer.version}"
        )
        return Judgement("newer-technique", f"{attack_id} is of {newer.key}; not in {asked}", todo, claim)
    return Judgement("unknown-technique", f"{attack_id} is not in {asked}", _meant(attack_id, attack), claim)


def _meant(attack_id: str, attack: Shelf) -> str:
    """Return what to do about an id that is nowhere; only ids of ICS begin with T0."""
    if attack_id.startswith(_OF_ICS) and all(release.domain != _ICS for release in attack.every):
        return f"{_OF_ICS}... is of ICS: hold the rules against a release of it, too"
    known = [each for release in attack.asked for each in release.techniques]
    return did_you_mean(attack_id, known, otherwise="correct the id")


def _of_dead(claim: Claim, dead: Dead, release: Official) -> Judgement:
    if dead.revoked:
        message = f"{claim.attack_id} {dead.name} is revoked in {release.key}, without one successor"
        return Judgement("revoked-technique", message, "choose what the rule detects now", claim)
    message = f"{claim.attack_id} {dead.name} is deprecated in {release.key}"
    return Judgement("deprecated-technique", message, "drop it, or claim what took its place", claim)


def _is_newer(release: Official, attack: Shelf) -> bool:
    return any(each.domain == release.domain and each.rank < release.rank for each in attack.asked)


def _resolved(rule: AnyRule, claim: Claim, release: Official, technique: Technique) -> Iterator[Judgement]:
    if technique.attack_id != claim.attack_id:
        message = f"{claim.attack_id} is replaced by {technique.attack_id} {technique.name} in {release.key}"
        yield Judgement("revoked-technique", message, f"claim {technique.attack_id}", claim)
    runs_on = rule.runs_on or rule.platforms
    if runs_on and technique.platforms and technique.platforms.isdisjoint(runs_on):
        message = (
            f"{technique.attack_id} {technique.name} is not of {', '.join(rule.platforms)} in {release.key}"
        )
        yield Judgement("off-platform", message, f"it is of {', '.join(sorted(technique.platforms))}", claim)


def _tactic(
    rule: AnyRule, tactic: str, meanings: Sequence[tuple[Official, Technique]], attack: Shelf
) -> Judgement | None:
    """Return which of the four kinds a tactic is, in the order of docs/semantics.md; None where it fits."""
    here = frozenset[str]().union(*(release.tactics.get(tactic, frozenset()) for release in attack.asked))
    achieved = frozenset[str]().union(*(technique.tactics for _, technique in meanings))
    meant = here or _borne(tactic, attack)
    if not meant:
        near = nearest_tactic(tactic, [name for release in attack.asked for name in release.tactics])
        todo = f"did you mean {near}?" if near else "correct it"
        return Judgement("rule-tactic-unknown", f"no release has a tactic {tactic!r}", todo, tactic=tactic)
    if not meanings or here & achieved:
        return None
    names = [release.names_of_tactics for release in attack.asked]
    if not here and meant & achieved:
        now = _told(meant & achieved, names)
        return Judgement(
            "rule-tactic-renamed", f"{tactic!r} is {now} here", f"write {now.split()[-1]}", tactic=tactic
        )
    elsewhere = _where_achieved(rule, meant, attack.others)
    if elsewhere is not None:
        message = f"a technique of the rule achieves {tactic!r} in {elsewhere.key}, none does here"
        return Judgement("rule-tactic-moved", message, f"here it is {_told(achieved, names)}", tactic=tactic)
    message = f"no technique of the rule achieves {tactic!r}"
    return Judgement("rule-tactic-mismatch", message, f"they achieve {_told(achieved, names)}", tactic=tactic)


def _told(tactics: frozenset[str], names: Sequence[Mapping[str, str]]) -> str:
    known = {stix_id: name for each in names for stix_id, name in each.items()}
    return ", ".join(sorted(known.get(stix_id, stix_id) for stix_id in tactics)) or "nothing"


def _where_achieved(rule: AnyRule, meant: frozenset[str], others: Sequence[Official]) -> Official | None:
    """Return another release in which a technique of the rule achieves one of the tactics."""
    for release in others:
        for claim in rule.claims:
            technique = release.technique(claim.attack_id)
            if technique is not None and technique.tactics & meant:
                return release
    return None


def _borne(tactic: str, attack: Shelf) -> frozenset[str]:
    """Return the tactics that bore a name in another given release, else in any that the table knows."""
    given = frozenset[str]().union(*(release.tactics.get(tactic, frozenset()) for release in attack.others))
    domains = {release.domain for release in attack.asked}
    return given or _in_table(tactic, frozenset(domains)) or _in_table(tactic, None)


@cache
def _in_table(tactic: str, domains: frozenset[str] | None) -> frozenset[str]:
    rows = (row.cells for row in packed(TACTIC_TABLE))
    return frozenset(
        row["stix_id"]
        for row in rows
        if row["shortname"] == tactic and (domains is None or row["domain"] in domains)
    )
