"""Changes to a proof, one at a time: of every kind that docs/proof.md says no verifier accepts."""

import copy
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

Value = Any
Place = tuple[str | int, ...]

UNBOUND = (
    ("predicate", "created"),
    ("predicate", "tool", "*"),
    ("predicate", "limits", "*"),
    ("predicate", "sources", "*", "name"),
    ("predicate", "sources", "*", "digest", "*"),
    ("predicate", "sources", "*", "uri"),
    ("predicate", "sources", "*", "downloadLocation"),
    *(
        ("predicate", "sources", "*", "annotations", name)
        for name in ("kind", "domain", "fetched_on", "published")
    ),
    ("predicate", "records", "*", "license"),
    ("predicate", "paths", "*", "hops", "*", "origin", "*"),
)


def canonical(value: Value) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def places(value: Value, at: Place = ()) -> Iterator[Place]:
    """Every place of a value, the containers too."""
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from places(each, (*at, key))


def at(value: Value, place: Place) -> Value:
    for key in place:
        value = value[key]
    return value


def put(value: Value, place: Place, new: Value) -> None:
    at(value, place[:-1])[place[-1]] = new


def is_unbound(statement: Value, place: Place) -> bool:
    """Whether nothing ties what is at a place: it may be another text, not another kind of thing."""
    if len(place) == 7 and place[:2] == ("predicate", "paths") and place[3] == "nodes" and place[5] == "name":
        return False
    if place[-1:] == ("name",) and at(statement, place[:-1]).get("node") == "EvidenceSet":
        return True
    return any(
        len(pattern) == len(place) and all(p in ("*", q) for p, q in zip(pattern, place, strict=True))
        for pattern in UNBOUND
    )


# Kinds of change: each changes the statement in place, or raises Unfit where it finds nothing to change ------


class Unfit(Exception):  # noqa: N818  no error: this proof has nothing of the kind
    pass


Random = random.Random
Change = Callable[[Value, Random], None]


def _pick(statement: Value, rng: Random, fits: Callable[[Value], bool]) -> Place:
    bound = [place for place in places(statement) if place and not is_unbound(statement, place)]
    found = [place for place in bound if fits(at(statement, place))]
    if not found:
        raise Unfit
    return rng.choice(found)


def _edited(text: str, rng: Random) -> str:
    where = rng.randrange(len(text) + 1)
    letter = rng.choice("aZ019 .-_/\n\té\u200b\u0430")
    before, after = text[:where], text[where + 1 :]
    return rng.choice([before + letter + text[where:], before + after, before + letter + after])


def text_edited(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: isinstance(value, str))
    put(statement, place, _edited(at(statement, place), rng))


def unicode_form(statement: Value, rng: Random) -> None:
    """The same text to a reader: another normal form, a letter of another script, or one of no width."""
    place = _pick(statement, rng, lambda value: isinstance(value, str) and value != "")
    text = at(statement, place)
    where = rng.randrange(len(text))
    twins = {
        "a": "\u0430",
        "e": "\u0435",
        "o": "\u043e",
        "T": "\u0422",
        "-": "\u2010",
        "1": "\uff11",
        " ": "\u00a0",
    }
    others = [
        unicodedata.normalize("NFD", text),
        unicodedata.normalize("NFKC", text),
        text[:where] + "\u200d" + text[where:],
        text[:where] + twins.get(text[where], text[where]) + text[where + 1 :],
    ]
    put(statement, place, rng.choice(others))


def number_changed(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: type(value) is int)
    put(statement, place, max(0, at(statement, place) + rng.choice([-2, -1, 1, 2, 1000])))


def number_as_text(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: type(value) is int)
    number = at(statement, place)
    put(
        statement, place, rng.choice([str(number), float(number), f"{number}.0", [number], number == 1, None])
    )


def null_as_text(statement: Value, rng: Random) -> None:
    put(
        statement,
        _pick(statement, rng, lambda value: value is None),
        rng.choice(["", "null", 0, [], {}, False]),
    )


def text_as_other(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: isinstance(value, str))
    put(statement, place, rng.choice([None, 0, True, [at(statement, place)], {}]))


def member_dropped(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: isinstance(value, dict | list) and len(value) > 0)
    container = at(statement, place)
    key = rng.choice(list(container) if isinstance(container, dict) else range(len(container)))
    if is_unbound(statement, (*place, key)):
        raise Unfit
    if place == ("predicate", "limits") or (
        place[:2] == ("predicate", "sources") and key in {"digest", "uri"}
    ):
        raise Unfit
    del container[key]


def member_added(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: isinstance(value, dict))
    at(statement, place)[rng.choice(["x", "comment", "Name", "sha512", "name "])] = rng.choice(
        ["x", 1, None, {}]
    )


def member_repeated(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: isinstance(value, list) and len(value) > 0)
    if place == ("predicate", "limits"):
        raise Unfit
    members = at(statement, place)
    members.insert(rng.randrange(len(members) + 1), copy.deepcopy(rng.choice(members)))


def members_swapped(statement: Value, rng: Random) -> None:
    place = _pick(statement, rng, lambda value: isinstance(value, list) and len(value) > 1)
    if place == ("predicate", "limits"):
        raise Unfit
    members = at(statement, place)
    one, two = rng.sample(range(len(members)), 2)
    members[one], members[two] = members[two], members[one]


def values_swapped(statement: Value, rng: Random) -> None:
    """The same field of two things of a kind: texts of two records, vias of two hops, ids of two nodes."""
    lists = [("predicate", "records"), ("predicate", "sources"), ("subject",)]
    paths = range(len(statement["predicate"]["paths"]))
    lists += [("predicate", "paths", n, name) for n in paths for name in ("nodes", "hops")]  # type: ignore[misc]
    where = rng.choice(lists)
    things = at(statement, where)
    if len(things) < 2:
        raise Unfit
    one, two = rng.sample(range(len(things)), 2)
    name = rng.choice(sorted(set(things[one]) & set(things[two])))
    if is_unbound(statement, (*where, one, name)) or (
        name in {"digest", "origin"} and where[-1] != "subject"
    ):
        raise Unfit
    if "annotations" in things[one] and name == "annotations" and where[-1] == "sources":
        raise Unfit
    things[one][name], things[two][name] = things[two][name], things[one][name]


def hop_cut_out(statement: Value, rng: Random) -> None:
    """A hop with the node after it, so that nodes and hops still alternate."""
    path = rng.choice(statement["predicate"]["paths"])
    where = rng.randrange(len(path["hops"]))
    del path["hops"][where], path["nodes"][where + rng.choice([0, 1])]


def hop_of_another(statement: Value, rng: Random) -> None:
    paths = statement["predicate"]["paths"]
    one, two = (rng.choice(rng.choice(paths)["hops"]) for _ in range(2))
    two.update(copy.deepcopy({name: value for name, value in one.items() if name != "origin"}))


def node_of_another(statement: Value, rng: Random) -> None:
    paths = statement["predicate"]["paths"]
    one, two = (rng.choice(rng.choice(paths)["nodes"]) for _ in range(2))
    if one["source"] is not None and one["source"] == two["source"]:
        raise Unfit
    two.update(copy.deepcopy(one))


def root_replaced(statement: Value, rng: Random) -> None:
    """A content root, wherever it stands."""
    source = rng.choice(statement["predicate"]["sources"])
    root = source["annotations"]["content_root"]
    new = sha256(root.encode()).hexdigest()
    replaced = json.loads(json.dumps(statement).replace(root, new))
    statement.clear()
    statement.update(replaced)


def _resealed(statement: Value, record: Value) -> None:
    """Give a changed record the hash that it now has, wherever the old one stands, as a forger would."""
    old, new = record["sha256"], sha256(record["text"].encode("utf-8", "surrogatepass")).hexdigest()
    for place in list(places(statement)):
        if at(statement, place) == old:
            put(statement, place, new)
    statement["predicate"]["records"].sort(key=lambda each: each["sha256"])
    statement["subject"].sort(key=lambda each: (each["name"], each["digest"]["sha256"]))


def record_resealed(statement: Value, rng: Random) -> None:
    record = rng.choice(statement["predicate"]["records"])
    record["text"] = _edited(record["text"], rng)
    _resealed(statement, record)


def table_row_resealed(statement: Value, rng: Random) -> None:
    """A row of our table that says another log source, confidence or component."""
    rows = [each for each in statement["predicate"]["records"] if '"log_sources"' in each["text"]]
    if not rows:
        raise Unfit
    record = rng.choice(rows)
    cells = json.loads(record["text"])
    name = rng.choice(sorted(cells))
    cells[name] = rng.choice(["high", "azure:audit", "", f"{cells[name]};DC0001"])
    record["text"] = canonical(cells).decode()
    _resealed(statement, record)


def record_of_another_source(statement: Value, rng: Random) -> None:
    """A record with the inclusion of another one."""
    records = statement["predicate"]["records"]
    if len(records) < 2:
        raise Unfit
    one, two = rng.sample(records, 2)
    one["inclusion"] = copy.deepcopy(two["inclusion"])


CHANGES: tuple[Change, ...] = (
    text_edited,
    unicode_form,
    number_changed,
    number_as_text,
    null_as_text,
    text_as_other,
    member_dropped,
    member_added,
    member_repeated,
    members_swapped,
    values_swapped,
    hop_cut_out,
    hop_of_another,
    node_of_another,
    root_replaced,
    record_resealed,
    table_row_resealed,
    record_of_another_source,
)


def _bytes_changed(data: bytes, rng: Random) -> bytes:
    """The document as bytes: white space, a repeated key, something after it, a cut."""
    where = rng.randrange(1, len(data))
    between = rng.choice([found.end() for found in re.finditer(rb'(?<!\\)":', data)])
    return rng.choice(
        [
            data[:between] + rng.choice([b" ", b"\n", b"\t"]) + data[between:],
            data + rng.choice([b"\n", b" ", b"{}", b"\0", data]),
            b"\xef\xbb\xbf" + data,
            data[:where],
            data.replace(b'"predicate":', b'"predicate":{},"predicate":', 1),
            data.replace(b'{"annotations":', b'{"annotations":{"paths":1},"annotations":', 1),
        ]
    )


def mutated(data: bytes, seed: int) -> tuple[str, bytes]:
    """The name of the change that `seed` makes, and the proof with it; never the same proof."""
    rng = random.Random(seed)  # noqa: S311  a test's choice
    while True:
        change = rng.choice((*CHANGES, None))
        if change is None:
            return "bytes", _bytes_changed(data, rng)
        statement = json.loads(data)
        try:
            change(statement, rng)
        except Unfit:
            continue
        changed = canonical(statement)
        if changed != data:
            return change.__name__, changed
