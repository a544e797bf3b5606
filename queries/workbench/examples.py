"""Example parameters that fit what is loaded: releases and environments are looked up, not named.

The header of a query file names `enterprise-attack@18.1`; whoever clicks it in the Browser may have another
release, or the sample. `:param name => EXPRESSION` evaluates any Cypher expression, a subquery included.
"""

import re

_ENTRY = re.compile(r"(\w+): ('(?:[^'\\]|\\.)*'|\[[^\]]*\]|[^,{}]+)")
_NEWEST_FIRST = "ORDER BY r.sample, r.major DESC, r.minor DESC, r.version ENDS WITH '-beta' LIMIT 1"
"""Numerically; a bundled sample only where nothing else is loaded. As queries/answers/choice.py has it."""
DOMAIN = "enterprise-attack"
_KEY = re.compile(r"'([a-z-]+)@[^/']*(/[^']*)?'")
"""A key of a release, or of an object in it, as a Cypher literal."""
_SET_IN_USE = "COLLECT { MATCH (s:EvidenceSet) WHERE s.current RETURN s.key ORDER BY s.key LIMIT 1 }[0]"


def entries(example: str) -> dict[str, str]:
    """Return the entries of a header's map, such as `{release: 'x', limit: 5}`: name -> value as Cypher."""
    return {name: value.strip() for name, value in _ENTRY.findall(example)}


def fitting(example: str) -> dict[str, str]:
    """Return the entries of a header's map with expressions in place of the names of what may not be loaded."""
    return {name: _looked_up(name, value) for name, value in entries(example).items()}


def as_map(values: dict[str, str]) -> str:
    """Return a Cypher map of the entries."""
    return f"{{{', '.join(f'{name}: {value}' for name, value in values.items())}}}"


def newest(domain: str = DOMAIN) -> str:
    """Return the expression whose value is the key of the newest loaded release of `domain`; null without one."""
    return f"COLLECT {{ MATCH (r:Release {{domain: '{domain}'}}) RETURN r.key {_NEWEST_FIRST} }}[0]"


def _looked_up(name: str, value: str) -> str:
    if value == "null":
        return value
    domain = value.strip("'").partition("@")[0]
    if name in {"release", "after"}:
        return newest(domain)
    if name == "before":
        return (
            f"COLLECT {{ MATCH (r:Release {{domain: '{domain}'}}) WITH r {_NEWEST_FIRST} "
            "MATCH (r)-[:SUCCEEDS]->(older:Release) RETURN older.key }[0]"
        )
    if name == "environment":
        return "COLLECT { MATCH (e:Environment) RETURN e.key ORDER BY e.key LIMIT 1 }[0]"
    if name == "set":
        return _SET_IN_USE
    return _KEY.sub(_key_looked_up, value)


def _key_looked_up(key: re.Match[str]) -> str:
    return newest(key[1]) + (f" + '{key[2]}'" if key[2] else "")
