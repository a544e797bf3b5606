"""The rules by which a detection of Splunk states what it claims and reads, each a pure function of its document."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from loaders.evidence.claimed import claims_of
from loaders.references import Body, Finding, Reference, Rule
from loaders.tables.publisher_sources import PublisherSource

WORD = "splunk"
_BOTH = " AND "
_KEYS = ("data_source", "data_sources")


def tags_of(body: Body) -> Body:
    """Return the mapping `tags` of a detection; an empty one where there is none."""
    value = body.get("tags")
    return value if isinstance(value, Mapping) else {}


def data_sources(body: Body) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (JSON pointer, names) for each entry of `data_source`: names joined by AND are needed together."""
    for key in _KEYS:
        value = body.get(key)
        for index, entry in enumerate(value if isinstance(value, list) else ()):
            if isinstance(entry, str) and entry.strip():
                names = tuple(name.strip() for name in entry.split(_BOTH) if name.strip())
                yield f"/{key}/{index}", names


def _mitre_id_claims_technique(body: Body) -> Iterator[Finding]:
    stated = tags_of(body).get("mitre_attack_id")
    return claims_of("mitre-id-claims-technique", _id(body), stated, "/tags/mitre_attack_id")


def _data_source_of_rule(body: Body) -> Iterator[Finding]:
    for pointer, names in data_sources(body):
        for name in names:
            source = str(PublisherSource.of(WORD, name))
            yield Reference(_id(body), source, pointer, "READS", "data-source-of-rule", {})


def _id(body: Body) -> str:
    value = body.get("id")
    return value.strip() if isinstance(value, str) else ""


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("mitre-id-claims-technique", "CLAIMS", ("Rule",), ("AttackId",),
                 "An entry of tags.mitre_attack_id names the technique.", _mitre_id_claims_technique),
            Rule("data-source-of-rule", "READS", ("Rule",), ("LogSource",),
                 "An entry of data_source names the log source, which a table row may translate.",
                 _data_source_of_rule),
        )
    }
)  # fmt: skip
"""Every rule that reads a detection of Splunk, by its name."""
