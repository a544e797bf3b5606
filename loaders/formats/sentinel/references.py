"""The rules by which a rule of Sentinel states what it claims and reads, each a pure function of its document."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from loaders.evidence.claimed import claims_of
from loaders.references import Body, Finding, Reference, Rule
from loaders.tables.publisher_sources import PublisherSource

WORD = "sentinel"


def data_types(body: Body) -> Iterator[tuple[str, str]]:
    """Yield (JSON pointer, name) of each data type of the connectors; the connector's own name where it has none."""
    connectors = body.get("requiredDataConnectors")
    for index, each in enumerate(connectors if isinstance(connectors, list) else ()):
        if isinstance(each, Mapping):
            yield from _of_connector(each, f"/requiredDataConnectors/{index}")


def _of_connector(connector: Body, pointer: str) -> Iterator[tuple[str, str]]:
    types = connector.get("dataTypes")
    named = [
        (f"{pointer}/dataTypes/{index}", each.strip())
        for index, each in enumerate(types if isinstance(types, list) else ())
        if isinstance(each, str) and each.strip()
    ]
    own = connector.get("connectorId")
    if not named and isinstance(own, str) and own.strip():
        named = [(f"{pointer}/connectorId", own.strip())]
    yield from named


def _relevant_technique_is_claimed(body: Body) -> Iterator[Finding]:
    stated = body.get("relevantTechniques")
    return claims_of("relevant-technique-is-claimed", _id(body), stated, "/relevantTechniques")


def _data_type_of_rule(body: Body) -> Iterator[Finding]:
    for pointer, name in data_types(body):
        source = str(PublisherSource.of(WORD, name))
        yield Reference(_id(body), source, pointer, "READS", "data-type-of-rule", {})


def _id(body: Body) -> str:
    value = body.get("id")
    return value.strip() if isinstance(value, str) else ""


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("relevant-technique-is-claimed", "CLAIMS", ("Rule",), ("AttackId",),
                 "An entry of relevantTechniques names the technique.", _relevant_technique_is_claimed),
            Rule("data-type-of-rule", "READS", ("Rule",), ("LogSource",),
                 "A data type of a connector names the log source, which a table row may translate.",
                 _data_type_of_rule),
        )
    }
)  # fmt: skip
"""Every rule that reads an analytics rule of Sentinel, by its name."""
