"""docs/model.md from the declarations of graph/schema/__init__.py."""

from collections.abc import Iterator, Sequence

from graph.schema import NODES, RELATIONSHIPS, Layer, Node, Relationship
from graph.schema.statements import FULLTEXT_LABELS, FULLTEXT_PROPERTIES

HEAD = """<!-- Made by `make docs` from graph/schema/__init__.py; edit that. -->
# The graph

Three layers never mix: what ATT&CK publishes (**official**), what somebody claims about its identifiers
(**evidence**), and what you run, collect and think (**yours**). They meet in shared nodes only: an identifier
such as T1528 (`AttackId`), a log source, a record. A relationship marked *derived* is computed from recorded
facts by a declared rule and can be made again at any time.

Coverage reads one path: `(:Evidence)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(:Technique)`.
"""

TITLES = {
    Layer.OFFICIAL: "Official",
    Layer.EVIDENCE: "Evidence",
    Layer.YOURS: "Yours",
    Layer.SHARED: "Shared",
}

RULES = """
## Resolving an identifier

The identifier X against the release R; the first case that fits wins, and nothing is guessed. The letters of X
name its type (T a technique, M a mitigation, ...); objects of another type with that id are not looked at.

| case | result |
|---|---|
| one live object X in R | `RESOLVES_TO {via: 'direct'}` |
| X is revoked in R and its REVOKED_BY chain ends in one live object | `RESOLVES_TO {via: 'revoked-by', hops: [X, ..., Y]}` |
| X is revoked and the chain ends dead or is missing | unresolved: `no-successor` |
| X is deprecated in R | unresolved: `deprecated` |
| two live objects, or two live successors | unresolved: `ambiguous` |
| not in R, but in a newer loaded release in place of objects that are live in R | unresolved: `newer` |
| not in R, but in other loaded releases of the domain | unresolved: `elsewhere` |
| in another loaded domain only | unresolved: `other-domain` |
| nowhere | unresolved: `unknown` |

The relationships are made in the transaction that loads the release; the unresolved cases are a question.

## Change between releases

`SUCCEEDS` joins the same object of neighboring loaded releases, newer to older. `change` compares content
without the form of the file (`spec_version`, `is_family`, `labels` of malware and tools; an absent `revoked` or
`x_mitre_deprecated` is false):

| change | what differs |
|---|---|
| `unchanged` | nothing |
| `bookkeeping` | `modified`, `x_mitre_modified_by_ref`, `x_mitre_attack_spec_version` only |
| `schema` | besides those, only fields that no object of the type fills any more |
| `content` | anything else |

## Records, hashes, roots

A record is the smallest thing that a source publishes: a STIX object, a row of a mapping, a rule file. The bytes
of a JSON record are its RFC 8785 form; those of a YAML file are the file's own, so that `sha256sum` agrees.
`content_root` is the Merkle tree hash of RFC 6962 over the distinct records: leaf = SHA-256(0x00 || record),
inner = SHA-256(0x01 || left || right), leaves sorted ascending by leaf hash. Order, formatting and compression of
a JSON file do not change it; one changed byte of one record does.
"""


def model_page() -> str:
    """Return the text of docs/model.md."""
    parts = [HEAD]
    for layer, title in TITLES.items():
        parts += [f"\n## {title}\n", *(_node(each) for each in NODES if each.layer is layer)]
    parts += ["\n## Relationships\n", *_relationships(), *_indexes(), RULES]
    return "\n".join(part.rstrip("\n") for part in parts) + "\n"


def _node(each: Node) -> str:
    second = "" if each.label == each.base else f" (and `{each.base}`)"
    lines = [f"### {each.label}{second}", "", each.doc]
    if each.properties:
        lines += ["", "| property | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in each.properties.items()]
    return "\n".join([*lines, ""])


def _relationships() -> Iterator[str]:
    yield "| relationship | says | properties |\n|---|---|---|"
    for each in RELATIONSHIPS:
        arrows = "<br>".join(f"`{arrow}`" for arrow in each.arrows)
        says = f"{each.doc} *Derived.*" if each.derived else each.doc
        yield f"| {arrows} | {_cell(says)} | {_properties(each)} |"


def _properties(each: Relationship) -> str:
    return "<br>".join(f"`{name}`: {_cell(meaning)}" for name, meaning in each.properties.items())


def _indexes() -> Iterator[str]:
    yield "\n## Constraints and indexes\n"
    yield "| label | unique | looked up by |\n|---|---|---|"
    for each in NODES:
        if each.label == each.base or each.indexed:
            unique = f"`{each.key}`" if each.label == each.base else ""
            yield f"| `{each.label}` | {unique} | {_names(each.indexed)} |"
    yield f"\nFull text (`search`): {_names(FULLTEXT_PROPERTIES)} of {_names(FULLTEXT_LABELS)}."


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
