"""Findings as JUnit XML, which CI servers list as tests: errors and warnings fail, notes pass."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cli.answer import One, Rows
from cli.render.findings import findings, told
from cli.render.screen import Screen
from cli.render.visible import visible


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer
    """Return one document with a test case for each finding."""
    found = list(findings(answer, "junit"))
    failed = sum(each["level"] != "note" for each in found)
    counts = {"tests": str(len(found)), "failures": str(failed)}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {"name": "sightline check", **counts})
    for each in found:
        _case(suite, each)
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _case(suite: Element, finding: Mapping[str, Any]) -> None:
    line = f":{finding['line']}" if finding["line"] else ""
    name = f"{finding['file'] or 'all rules'}{line}: {finding['code']}"
    case = SubElement(suite, "testcase", {"classname": finding["code"], "name": visible(name)})
    text = visible(told(finding))
    if finding["level"] == "note":
        SubElement(case, "system-out").text = text
    else:
        SubElement(case, "failure", {"type": finding["code"], "message": text}).text = text
