"""Which release answers: the one that was named, else the newest loaded one that knows the identifier."""

from collections.abc import Iterable

from graph.errors import NotFoundError
from graph.identifiers import full_domain, release_parts
from graph.spelling import did_you_mean
from queries.ask import Asked, ask
from queries.params import OfIdentifier
from queries.questions.releases.holding import HOLDING, ReleaseHolding

DOMAINS = ("enterprise-attack", "mobile-attack", "ics-attack")
"""The first one that holds an identifier answers, where none is named."""


def choose(
    graph: Asked, named: str | None = None, *, attack_id: str | None = None, domain: str | None = None
) -> str:
    """Return the key of the release to ask, such as `enterprise-attack@18.1`.

    Args:
        graph: the open graph.
        named: `18.1` or `v18.1` (of `domain`, else enterprise), `ics-attack@18.1` or `ICS@18.1`; None for the
            newest one loaded, numerically, the bundled sample only where nothing else is.
        attack_id: an ATT&CK or STIX identifier that the release must know.
        domain: `enterprise`, `mobile`, `ics` or their full names.

    Raises:
        NotFoundError: no such release is loaded, or it does not know `attack_id`; what comes nearest is named.
    """
    loaded = ask(graph, HOLDING, OfIdentifier(attack_id or ""))
    candidates = _candidates(loaded, named, domain)
    holding = [each for each in candidates if each.holds] if attack_id else candidates
    if not holding:
        raise _unknown(graph, attack_id or "", candidates, loaded)
    return holding[0].release


def newest_of_domains(graph: Asked, named: str | None = None, domain: str | None = None) -> list[str]:
    """Return the key of the release that is named, else of the newest one of each domain that is loaded.

    Raises:
        NotFoundError: no such release, or no release of the domain, is loaded.
    """
    loaded = ask(graph, HOLDING, OfIdentifier(""))
    if not (loaded or named or domain):
        return []
    newest: dict[str, str] = {}
    for each in _candidates(loaded, named, domain):
        newest.setdefault(each.domain, each.release)
    return [*newest.values()]


def _candidates(loaded: list[ReleaseHolding], named: str | None, domain: str | None) -> list[ReleaseHolding]:
    if not loaded:
        raise NotFoundError(
            "no ATT&CK release is loaded",
            todo="load one with `sightline load attack FILE`, or `sightline demo` for a sample",
        )
    return _named(loaded, named, domain) if named else _of_domain(loaded, domain)


def _named(loaded: list[ReleaseHolding], named: str, domain: str | None) -> list[ReleaseHolding]:
    of_domain, version = release_parts(named)
    key = f"{of_domain or full_domain(domain or DOMAINS[0])}@{version}"
    found = [each for each in loaded if each.release == key]
    if not found:
        raise NotFoundError(
            "this release is not loaded", where=named, todo=_meant_release(loaded, key, version)
        )
    return found


def _meant_release(loaded: list[ReleaseHolding], key: str, version: str) -> str:
    """Return what was probably meant: a domain's name alone, a number without the part after its dot, or none."""
    if full_domain(version) in {each.domain for each in loaded}:
        return f"to name a domain, pass --domain {version.removesuffix('-attack')}"
    near = [each.release for each in loaded if each.release.startswith(f"{key}.")]
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"loaded: {', '.join(each.release for each in loaded)}"


def _of_domain(loaded: list[ReleaseHolding], domain: str | None) -> list[ReleaseHolding]:
    """Return the loaded releases of the domain, or of all, in the order in which they are asked."""
    wanted = (
        [full_domain(domain)]
        if domain
        else [*DOMAINS, *sorted({each.domain for each in loaded} - {*DOMAINS})]
    )
    found = [each for name in wanted for each in _newest_first(loaded, name)]
    if not found:
        known = ", ".join(each.release for each in loaded)
        raise NotFoundError("no release of this domain is loaded", where=wanted[0], todo=f"loaded: {known}")
    return found


def _newest_first(loaded: Iterable[ReleaseHolding], domain: str) -> list[ReleaseHolding]:
    of_domain = [each for each in loaded if each.domain == domain]
    return sorted(
        of_domain, key=lambda each: (each.sample, -each.major, -each.minor, each.version.endswith("-beta"))
    )


def _unknown(
    graph: Asked, attack_id: str, asked: list[ReleaseHolding], loaded: list[ReleaseHolding]
) -> NotFoundError:
    """Return the error that says where else the identifier is, or which ones come nearest."""
    elsewhere = [each.release for each in loaded if each.holds]
    todo = f"it is in {', '.join(elsewhere)}" if elsewhere else meant(graph, attack_id)
    where = asked[0].release if len(asked) == 1 else "any loaded release"
    return NotFoundError(f"no such identifier in {where}", where=attack_id, todo=todo)


def meant(graph: Asked, attack_id: str) -> str:
    """Return which identifiers of loaded releases are like `attack_id`, as a question, else how to find one."""
    from queries.questions.lookup.questions import IDENTIFIERS, WithPrefix

    kind = "".join(letter for letter in attack_id[:3] if letter.isalpha()).upper()
    known = [row.attack_id for row in ask(graph, IDENTIFIERS, WithPrefix(kind))]
    return did_you_mean(attack_id, known, otherwise="find it with `sightline search TEXT`")
