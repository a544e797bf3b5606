"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts and editors show at their lines."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from cli.answer import One, Rows
from cli.render.cells import as_json
from cli.render.findings import findings, told
from cli.render.screen import Screen
from cli.render.visible import json_escaped
from loaders.checking.finding import CODES
from proofs.answer_file import own_version

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "sightlineFinding/v1"


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer
    """Return one SARIF log with one run."""
    found = list(findings(answer, "sarif"))
    codes = sorted({each["code"] for each in found})
    driver = {
        "name": "Sightline",
        "semanticVersion": own_version(),
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, codes.index(each["code"])) for each in found],
    }
    return json_escaped(as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indented=True)) + "\n"


def _rule(code: str) -> dict[str, Any]:
    known = CODES.get(code)
    text = known.summary if known else f"{code.replace('-', ' ').capitalize()}."
    rule: dict[str, Any] = {"id": code, "shortDescription": {"text": text}}
    return {**rule, "defaultConfiguration": {"level": str(known.level)}} if known else rule


def _result(finding: Mapping[str, Any], index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding["code"],
        "ruleIndex": index,
        "level": finding["level"],
        "message": {"text": told(finding)},
        "partialFingerprints": {FINGERPRINT: finding["fingerprint"]},
    }
    return {**result, "locations": [_location(finding)]} if finding["file"] else result


def _location(finding: Mapping[str, Any]) -> dict[str, Any]:
    region = {"startLine": finding["line"], "startColumn": finding["column"]}
    known = {name: value for name, value in region.items() if value}
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(str(finding["file"]), safe="/!")}}
    if known:
        place["region"] = known
    return {"physicalLocation": place}
