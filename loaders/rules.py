"""Where each rule is defined by which relationships follow from records, so that a proof loads only what it names."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from loaders.references import Rule

_ATTACK = (
    "tactic-of-phase",
    "tactic-in-matrix",
    "analytic-in-strategy",
    "component-of-analytic",
    "source-of-component",
    "object-of-note",
    "link-in-description",
    "log-source-of-analytic",
    "log-source-of-component",
    "strategy-detects",
    "component-detects",
    "mitigates",
    "uses",
    "subtechnique-of",
    "attributed-to",
    "revoked-by",
    "targets",
    "related-to",
)

HOMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(_ATTACK, "loaders.formats.attack.references"),
        "tag-claims-technique": "loaders.formats.sigma.references",
        "tag-names-object": "loaders.formats.sigma.references",
        "log-source-of-rule": "loaders.formats.sigma.references",
        "log-source-alias": "loaders.tables.sigma_sources",
        "threat-claims-technique": "loaders.formats.elastic.references",
        "index-of-rule": "loaders.formats.elastic.references",
        "mitre-id-claims-technique": "loaders.formats.splunk.references",
        "data-source-of-rule": "loaders.formats.splunk.references",
        "relevant-technique-is-claimed": "loaders.formats.sentinel.references",
        "data-type-of-rule": "loaders.formats.sentinel.references",
        "publisher-log-source-alias": "loaders.tables.publisher_sources",
        "row-claims-technique": "loaders.formats.ctid.references",
        "score-claims-technique": "loaders.formats.ctid.references",
        "finding-claims-technique": "loaders.evidence.findings",
    }
)
"""Name of each rule -> the module whose RULES has it; a test compares both."""


def rule(name: str) -> Rule:
    """Return the rule of that name.

    Raises:
        KeyError: there is none.
    """
    return cast("Mapping[str, Rule]", import_module(HOMES[name]).RULES)[name]
