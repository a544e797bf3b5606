"""Phrases that new users stumbled on, and the texts that stay free of them: help, messages, documents."""

import ast
import re
from collections.abc import Iterator

from tests.unit.test_house import texts

BANNED = re.compile(
    r"""
      \b(?:is|are)\ no\ (?!longer\b|more\b|such\b)(?<!there\ is\ no\ )(?<!there\ are\ no\ )(?<!There\ is\ no\ )
    | \bmend(?:s|ed)?\b | \bstands?\ (?:around|in|at|twice|beside|above|already|inside|with)\b
    | \bcanned\b | \bspeaks\ of\b | \bis\ asked\ of\b | \bcomes?\ and\ goe?s?\b
    | nearest\ are | topics\ are | loaded\ are | known\ are
    | [Nn]obody\ is\ here | no\ session\ came\ about | does\ not\ come\ back
    | claims\ to\ do\ nothing | says\ the\ same\ as | it\ counts\ there | no\ coverage\ comes | no\ table\ row\ knows
    | do\ by\ | can\ show\ more\ than | finds\ things\ by
    | ^Bring\ data | in\ your\ own\ words | [Tt]ake\ (?:a\ release|nothing\ if) | [Ss]wap(?:s)?\ (?:it\ )?in\b
    | \bat\ hand\b | \bSay\ (?:what|where|how|which)\b | say\ it\b | say\ --\w | give\ it\ by\ -- | (?:add|say)\ --yes
    | Answer\ for\ this | Nothing\ on\ stderr\ but | says?\ them\ all | belong\ together\ with | brings?\ along
    | nothing\ of\ ATT&CK | no\ value\ of\ Neo4j
    """,
    re.VERBOSE | re.MULTILINE,
)
PACKAGES = ("cli", "pages", "proofs", "loaders", "queries", "graph")
PLAIN = [
    "X is not a rule",
    "there is no host 'x'",
    "pass --release R",
    "it is no longer needed",
    "did you mean WinEventLog:Sysmon?",
]
ODD = [
    "X is no rule",
    "mend it, or leave out --strict",
    "say it: --release R",
    "give it by --set NAME",
    "Nobody is here to ask; add --yes to go on",
    "nearest are Y",
    "coverage is asked of techniques",
    "it speaks Bolt, but no session came about",
    "is a scored mapping without a score; it claims to do nothing",
    "says the same as /mapping_objects/9; it counts there",
    "351 of 524 techniques that can become visible do by 5 log sources",
    "Say how the local Neo4j is",
    "Show one object whole: itself, what stands around it",
    "List the canned questions",
    "Swap in other content",
    "not needed where they are at hand",
]


def messages() -> Iterator[tuple[str, str]]:
    """Yield (place, text) of every text in the packages that is not a docstring, and of every help text."""
    for path, source in texts({".py"}):
        if path.parts[0] in PACKAGES:
            tree = ast.parse(source)
            for text, line in _written(tree):
                yield f"{path}:{line}", text


def _written(tree: ast.Module) -> Iterator[tuple[str, int]]:
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield ast.unparse(node), node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, node.lineno


def documents() -> Iterator[tuple[str, str]]:
    """Yield (place, text) of every line of the documents and of the heads of questions."""
    for path, source in texts({".md", ".cypher"}):
        for number, line in enumerate(source.splitlines(), 1):
            if path.suffix == ".md" or line.startswith("// "):
                yield f"{path}:{number}", line
