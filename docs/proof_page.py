"""The worked example of docs/proof.md: docs/example/proof.json, computed step by step by the text of RFC 9162."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.record import canonical

HERE = Path(__file__).parent
PAGE = HERE / "proof.md"
PROOF = HERE / "example" / "proof.json"
RULE_FILE = "consent.yml"
BEGIN, END = "<!-- worked example: made by `make docs` -->\n", "<!-- end of the worked example -->\n"
SHOWN = 16
"""Digits of the hashes between the leaf and the root."""


def proof_page() -> str:
    """Return docs/proof.md with the worked example in its place."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{worked_example(json.loads(PROOF.read_bytes()))}\n{END}{after}"


def worked_example(statement: dict[str, Any]) -> str:
    """Return the example as Markdown: the rule's record and its tree, the technique's, and the hops between them."""
    predicate = statement["predicate"]
    path = max(predicate["paths"], key=lambda each: len(each["hops"]))
    records = {each["sha256"]: each for each in predicate["records"]}
    _, rule, technique, tactic = path["nodes"]
    return "\n".join(
        (
            *_of_rule(records[rule["record"]]),
            *_of_technique(records[technique["record"]]),
            *_of_hops(path, records, technique, tactic),
            *_of_subject(statement["subject"][0]),
        )
    )


def _of_rule(record: dict[str, Any]) -> Iterator[str]:
    data = (HERE / "example" / "rules" / RULE_FILE).read_bytes()
    (inclusion,) = record["inclusion"]
    (sibling,) = inclusion["audit_path"]
    leaf = sha256(b"\x00" + data).hexdigest()
    yield f"**The record of the rule** is its file, docs/example/rules/{RULE_FILE}, {len(data)} bytes:"
    yield ""
    yield "```yaml"
    yield data.decode().rstrip("\n")
    yield "```"
    yield ""
    yield f"Its `sha256` is `{sha256(data).hexdigest()}`. Its leaf, SHA-256 over a zero byte and these bytes, is"
    yield f"`{leaf}`. `inclusion` says leaf {inclusion['leaf_index']} of {inclusion['tree_size']}, so it is"
    yield f"the last one, and the only member of `audit_path`, `{sibling}`,"
    yield "is the hash of the four leaves before it. SHA-256 over a byte 1, that sibling and the leaf is the content root:"
    yield ""
    yield "```console"
    yield f"$ {{ printf '\\x00'; cat docs/example/rules/{RULE_FILE}; }} | sha256sum"
    yield f"{leaf}  -"
    yield f"$ printf '01{sibling}{leaf}' | xxd -r -p | sha256sum"
    yield f"{inclusion['source']}  -"
    yield "```"
    yield ""


def _of_technique(record: dict[str, Any]) -> Iterator[str]:
    (inclusion,) = record["inclusion"]
    text = record["text"]
    leaf = sha256(b"\x00" + text.encode()).hexdigest()
    yield f"**The record of the technique** is {len(text.encode())} bytes of RFC 8785 form that begin"
    yield f"`{text[:60]}` and end"
    yield f"`{text[-60:]}`; its `sha256` is `{record['sha256']}`."
    yield f"It is leaf {inclusion['leaf_index']} of {inclusion['tree_size']}. With fn = {inclusion['leaf_index']} and"
    yield f"sn = {inclusion['tree_size'] - 1}, the sibling goes left where fn is odd or equals sn; both are halved after each"
    yield "step, and where fn was even and equal to sn, they are halved until fn is odd:"
    yield ""
    yield "| fn | sn | sibling | sibling goes | SHA-256 over byte 1, left, right |"
    yield "|---:|---:|---|---|---|"
    yield from _steps(text, inclusion)
    yield ""
    yield f"It begins with the leaf `{leaf[:SHOWN]}...`,"
    yield f"and the last hash is the content root of the release, `{inclusion['source']}`."
    yield ""


def _steps(text: str, inclusion: dict[str, Any]) -> Iterator[str]:
    """Yield a row for each sibling, by the algorithm of RFC 9162, section 2.1.3.2."""
    fn, sn = inclusion["leaf_index"], inclusion["tree_size"] - 1
    value = sha256(b"\x00" + text.encode()).digest()
    for sibling in inclusion["audit_path"]:
        row, other = f"| {fn} | {sn} | `{sibling[:SHOWN]}`", bytes.fromhex(sibling)
        left = bool(fn & 1) or fn == sn
        value = sha256(b"\x01" + (other + value if left else value + other)).digest()
        while left and not fn & 1 and fn:
            fn, sn = fn >> 1, sn >> 1
        fn, sn = fn >> 1, sn >> 1
        yield f"{row} | {'left' if left else 'right'} | `{value.hex()[:SHOWN]}` |"


def _of_hops(
    path: dict[str, Any], records: dict[str, Any], technique: dict[str, Any], tactic: dict[str, Any]
) -> Iterator[str]:
    claims = path["hops"][1]
    line = records[path["nodes"][1]["record"]]["text"].splitlines()[claims["line"] - 1]
    of_technique, of_tactic = (json.loads(records[each["record"]]["text"]) for each in (technique, tactic))
    phase = canonical(of_technique["kill_chain_phases"]).decode()
    yield "**The hops** of the path, each a rule of the table above applied to these records:"
    yield ""
    yield f"1. `record-in-source`: the rule's record is a leaf of `{path['nodes'][0]['source'][:SHOWN]}...`, as computed."
    yield f"2. `tag-claims-technique` at `{claims['at']}`, line {claims['line']}: `{line}`, of which that member is"
    yield f"   the tag of {technique['attack_id']}; the technique's record has the `external_id`"
    yield f"   `{of_technique['external_references'][0]['external_id']}`."
    yield f"3. `tactic-of-phase` at `{path['hops'][2]['at']}`: the technique has `{phase}`,"
    yield f"   and the tactic's record the `x_mitre_shortname` `{of_tactic['x_mitre_shortname']}`."
    yield ""


def _of_subject(subject: dict[str, Any]) -> Iterator[str]:
    counts = subject["annotations"]
    yield f"**The subject** is the record with which the {counts['paths']} paths begin, `{subject['name']}`, with"
    yield f"`digest.sha256` `{subject['digest']['sha256'][:SHOWN]}...` and {counts['hops']} hops in all."
