"""The rules by which a Sigma rule states what it claims, names and reads, each a pure function of its document."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from loaders.formats.sigma.tags import AttackTags, attack_tags
from loaders.references import Body, Finding, Reference, Rule
from loaders.tables.sigma_sources import SigmaLogSource


def tags_of(body: Body) -> Iterator[tuple[str, str]]:
    """Yield (pointer, tag as written) for each tag that is a text."""
    value = body.get("tags")
    for position, tag in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(tag, str):
            yield f"/tags/{position}", tag


def log_source_of(body: Body) -> SigmaLogSource | None:
    """Return the log source that a rule names; None where it names no product, category or service."""
    stated = body.get("logsource")
    if not isinstance(stated, Mapping):
        return None
    parts = [_word(stated.get(name)) for name in ("product", "category", "service")]
    return SigmaLogSource(*parts) if any(parts) else None


def _word(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return value.strip().casefold() if isinstance(value, str) else ""


def _tag_claims_technique(body: Body) -> Iterator[Finding]:
    return _tagged(body, _techniques, "CLAIMS", "tag-claims-technique")


def _tag_names_object(body: Body) -> Iterator[Finding]:
    return _tagged(body, _objects, "NAMES", "tag-names-object")


def _tagged(
    body: Body, meant: Callable[[AttackTags], tuple[str, ...]], edge: str, rule: str
) -> Iterator[Finding]:
    for pointer, written in tags_of(body):
        for attack_id in meant(attack_tags((written,))):
            yield Reference(_id(body), attack_id, pointer, edge, rule, {"raw_value": written})


def _techniques(tags: AttackTags) -> tuple[str, ...]:
    return tuple(tag.attack_id for tag in tags.techniques)


def _objects(tags: AttackTags) -> tuple[str, ...]:
    return tags.objects


def _log_source_of_rule(body: Body) -> Iterator[Finding]:
    source = log_source_of(body)
    if source is not None:
        yield Reference(_id(body), str(source), "/logsource", "READS", "log-source-of-rule", {})


def _id(body: Body) -> str:
    """Return the rule's id; "" for one without, whose id in the graph begins its record's hash."""
    value = body.get("id")
    return value.strip() if isinstance(value, str) else ""


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("tag-claims-technique", "CLAIMS", ("Rule",), ("AttackId",),
                 "A tag `attack.t1528` of the rule names the technique.", _tag_claims_technique),
            Rule("tag-names-object", "NAMES", ("Rule",), ("AttackId",),
                 "A tag such as `attack.g0007` names the group, software, data source, ...", _tag_names_object),
            Rule("log-source-of-rule", "READS", ("Rule",), ("LogSource",),
                 "The rule names its log source: `sigma:product/category/service`, which a table row may translate.",
                 _log_source_of_rule),
        )
    }
)  # fmt: skip
"""Every rule that reads a Sigma rule, by its name."""
