"""No change of what is bound is accepted by either verifier; what is not bound is reported as stated."""

import json
import os
from pathlib import Path

import pytest

from docs.proof_example import NARROW, PUBLISHERS, WIDE
from proofs.report import CONSISTENT, REFUSED
from proofs.verify import verify
from tests import second_reader, second_verifier
from tests.unit.proofs.mutations import at, canonical, is_unbound, mutated, places, put

ORDINARY, TORTURE = 2_000, 20_000


def refused_by_the_second(data: bytes) -> bool:
    try:
        second_verifier.verify(data)
    except Exception:  # noqa: BLE001  whatever it trips over, it refuses
        return True
    return False


def survivors(count: int) -> list[tuple[int, str]]:
    """Changes that a verifier accepts, as (seed, what it was); the first seed is printed and can be set again."""
    first = int(os.environ.get("SIGHTLINE_MUTATION_SEED", "") or int.from_bytes(os.urandom(4)))
    print(f"SIGHTLINE_MUTATION_SEED={first}")  # noqa: T201  pytest shows it with a failure
    proofs = [NARROW.read_bytes()] * 4 + [WIDE.read_bytes(), PUBLISHERS.read_bytes()]
    found = []
    for seed in range(first, first + count):
        name, data = mutated(proofs[seed % len(proofs)], seed)
        ours = verify(data).verdict == REFUSED
        if not ours or not refused_by_the_second(data):
            found.append((seed, f"{name}{' accepted by ours' if not ours else ''}"))
    return found


@pytest.mark.parametrize("file", [NARROW, WIDE, PUBLISHERS], ids=lambda file: file.stem)
def test_the_example_is_accepted_by_both(file: Path) -> None:
    assert verify(file.read_bytes()).verdict == CONSISTENT
    second_verifier.verify(file.read_bytes())


def test_no_change_of_what_is_bound_is_accepted() -> None:
    assert survivors(ORDINARY) == []


@pytest.mark.torture
def test_no_change_of_what_is_bound_is_accepted_at_length() -> None:
    assert survivors(TORTURE) == []


@pytest.mark.parametrize("file", [NARROW, WIDE], ids=lambda file: file.stem)
def test_what_is_not_bound_is_reported_as_stated(file: Path) -> None:
    statement = json.loads(file.read_bytes())
    unbound = [place for place in places(statement) if place and is_unbound(statement, place)]
    assert {place[1] for place in unbound} == {"created", "tool", "limits", "sources", "paths"}
    for place in unbound:
        changed = json.loads(file.read_bytes())
        new = "ab" * 32 if "digest" in place else "something else"
        put(changed, place, new)
        report = verify(canonical(changed))
        assert report.verdict == CONSISTENT, place
        assert any(new in each.value for each in report.stated), place
        second_verifier.verify(canonical(changed))


def test_a_signed_proof_is_read_and_its_signatures_are_not_checked() -> None:
    import base64

    data = NARROW.read_bytes()
    envelope = {
        "payload": base64.b64encode(data).decode(),
        "payloadType": "application/vnd.in-toto+json",
        "signatures": [{"keyid": "somebody", "sig": "AAAA"}],
    }
    report = verify(json.dumps(envelope).encode())
    assert report.verdict == CONSISTENT
    assert [(each.what, each.value) for each in report.stated[:1]] == [("signatures", "1, not checked here")]
    second_verifier.verify(json.dumps(envelope).encode())
    for changed in (
        {**envelope, "payloadType": "application/json"},
        {**envelope, "payload": base64.b64encode(data + b"\n").decode()},
        {**envelope, "payload": "%"},
        {**envelope, "more": 1},
        {"payload": envelope["payload"], "payloadType": envelope["payloadType"]},
    ):
        assert verify(json.dumps(changed).encode()).verdict == REFUSED


def test_the_second_verifier_is_short_and_needs_the_standard_library_only() -> None:
    found = [line for line in _imports(second_verifier.__file__) if not line.endswith(" MEDIA")]
    assert len(Path(second_verifier.__file__).read_text("utf-8").splitlines()) < 200
    assert found == ["import base64, hashlib, json, re"]
    assert _imports(second_reader.__file__) == ["import json, re, tomllib"]


def _imports(file: str) -> list[str]:
    lines = Path(file).read_text("utf-8").splitlines()
    return [line for line in lines if line.lstrip().startswith(("import ", "from "))]


def test_places_name_what_they_change() -> None:
    statement = json.loads(NARROW.read_bytes())
    assert at(statement, ("predicate", "tool", "name")) == "sightline"
    assert is_unbound(statement, ("predicate", "tool", "name"))
    assert not is_unbound(statement, ("predicate", "records", 0, "text"))
