"""The worked example of docs/proof.md, computed again from the words of the page and the standard library alone."""

import json
import re
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from docs.proof_page import BEGIN, END, PAGE, PROOF, RULE_FILE

EXAMPLE = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
RULE = (Path(PAGE).parent / "example" / "rules" / RULE_FILE).read_bytes()


def test_the_bytes_of_the_page_have_the_hash_of_the_page() -> None:
    shown = EXAMPLE.partition("```yaml\n")[2].partition("```")[0].encode()
    assert shown == RULE
    assert f"`{sha256(shown).hexdigest()}`" in EXAMPLE


def test_the_inclusion_of_the_rule_is_as_computed_by_hand() -> None:
    leaf = sha256(b"\x00" + RULE).hexdigest()
    (typed,) = re.findall(r"printf '01([0-9a-f]{128})'", EXAMPLE)
    results = re.findall(r"^([0-9a-f]{64})  -$", EXAMPLE, re.MULTILINE)
    assert typed.endswith(leaf)
    assert results == [leaf, sha256(bytes.fromhex("01" + typed)).hexdigest()]


def test_the_steps_of_the_technique_lead_to_the_root() -> None:
    steps = re.findall(
        r"^\| (\d+) \| (\d+) \| `([0-9a-f]{16})` \| (left|right) \| `([0-9a-f]{16})` \|$",
        EXAMPLE,
        re.MULTILINE,
    )
    assert len(steps) == 9
    (root,) = re.findall(r"content root of the release, `([0-9a-f]{64})`", EXAMPLE)
    assert root.startswith(steps[-1][4])
    for (fn, sn, *_), (after, last, *_) in pairwise(steps):
        assert (int(after), int(last)) == (int(fn) // 2, int(sn) // 2)
    assert all((side == "left") == (int(fn) % 2 == 1 or fn == sn) for fn, sn, _, side, _ in steps)
    records = json.loads(PROOF.read_bytes())["predicate"]["records"]
    (found,) = (each for each in records if each["sha256"] in EXAMPLE and each["media"] == "application/json")
    value = sha256(b"\x00" + found["text"].encode()).digest()
    for (_, _, sibling, side, told), whole in zip(steps, found["inclusion"][0]["audit_path"], strict=True):
        assert whole.startswith(sibling)
        pair = (bytes.fromhex(whole), value) if side == "left" else (value, bytes.fromhex(whole))
        value = sha256(b"\x01" + b"".join(pair)).digest()
        assert value.hex().startswith(told)
    assert value.hex() == root
