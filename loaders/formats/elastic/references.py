"""The rules by which a rule of Elastic states what it claims and reads, each a pure function of its document."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from loaders.evidence.claimed import claim_of
from loaders.references import Body, Finding, Oddity, Reference, Rule
from loaders.tables.publisher_sources import PublisherSource

WORD = "elastic"
FRAMEWORK = "MITRE ATT&CK"

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_FROM = re.compile(r"\s*from\s+(?P<names>[^|]+)", re.IGNORECASE)
_METADATA = re.compile(r"\bmetadata\b.*", re.IGNORECASE | re.DOTALL)
_WILDCARDS = re.compile(r"[-.*]+$")


def rule_of(body: Body) -> Body:
    """Return the table `rule` of a document; an empty one where there is none."""
    return _table(body.get("rule"))


def index_names(body: Body) -> Iterator[tuple[str, str]]:
    """Yield (JSON pointer, name) of what the rule reads.

    Its index patterns; else the patterns after FROM in a query in ES|QL; else its integrations (machine learning).
    """
    rule = rule_of(body)
    patterns = list(_listed(rule.get("index"), "/rule/index")) or list(_from_query(rule))
    found = patterns or _listed(_table(body.get("metadata")).get("integration"), "/metadata/integration")
    for pointer, pattern in found:
        name = _WILDCARDS.sub("", pattern.strip().strip('"').rpartition(":")[2])
        if name:
            yield pointer, name


def _from_query(rule: Body) -> Iterator[tuple[str, str]]:
    query = rule.get("query")
    if rule.get("language") != "esql" or not isinstance(query, str):
        return
    found = _FROM.match(_COMMENT.sub("", query))
    for name in _METADATA.sub("", found["names"]).split(",") if found else ():
        yield "/rule/query", name


def _listed(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, str):
            yield f"{pointer}/{index}", each


def _threat_claims_technique(body: Body) -> Iterator[Finding]:
    for place, threat in _tables(rule_of(body).get("threat"), "/rule/threat"):
        framework = threat.get("framework")
        if framework != FRAMEWORK:
            yield Oddity(f"{place}/framework", f"the framework is not {FRAMEWORK}", "other-framework")
            continue
        for below, named in _tables(threat.get("technique"), f"{place}/technique"):
            subs = list(_tables(named.get("subtechnique"), f"{below}/subtechnique"))
            for at, each in subs or [(below, named)]:
                yield claim_of("threat-claims-technique", _id(body), each.get("id"), f"{at}/id")


def _index_of_rule(body: Body) -> Iterator[Finding]:
    for pointer, name in index_names(body):
        source = PublisherSource.of(WORD, name)
        yield Reference(_id(body), str(source), pointer, "READS", "index-of-rule", {})


def _id(body: Body) -> str:
    value = rule_of(body).get("rule_id")
    return value.strip() if isinstance(value, str) else ""


def _table(value: object) -> Body:
    return value if isinstance(value, Mapping) else {}


def _tables(value: object, pointer: str) -> Iterator[tuple[str, Body]]:
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, Mapping):
            yield f"{pointer}/{index}", each


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("threat-claims-technique", "CLAIMS", ("Rule",), ("AttackId",),
                 "An entry of rule.threat names the technique and no sub-technique of it.", _threat_claims_technique),
            Rule("index-of-rule", "READS", ("Rule",), ("LogSource",),
                 "The rule names an index, an index after FROM, or an integration, which a table row may translate.",
                 _index_of_rule),
        )
    }
)  # fmt: skip
"""Every rule that reads a rule of Elastic, by its name."""
