"""Tags replaced in a text: what changes is the tag alone, and what is not certain is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.one_file import SourceFile
from loaders.reading.yaml_text import YamlDocument, documents
from loaders.rewriting.edits import edited
from loaders.rewriting.patch import Entry
from loaders.rewriting.uncertain import UncertainError

ID = "00000000-0000-4000-8000-000000000001"
HEAD = f"title: One # why\nid: {ID}\n"
PLACES = ("/tags",)


def entry(old: str, new: str | None, rule: str = ID) -> Entry:
    return Entry("a.yml", 1, rule, old, new, "")


def after(text: str, *entries: Entry) -> str:
    return edited("a.yml", text.encode(), PLACES, entries).decode()


MOVED = entry("attack.t1562.001", "attack.t1685")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("tags:\n  - attack.t1562.001\n", "tags:\n  - attack.t1685\n"),
        ("tags: # all\n- 'attack.t1562.001' # one\n- x\n", "tags: # all\n- 'attack.t1685' # one\n- x\n"),
        ('tags: [x, "attack.t1562.001" , y]\n', 'tags: [x, "attack.t1685" , y]\n'),
        ("tags:\r\n    - attack.t1562.001\r\n", "tags:\r\n    - attack.t1685\r\n"),
        ("x: attack.t1562.001\ntags: [attack.t1562.001]", "x: attack.t1562.001\ntags: [attack.t1685]"),
    ],
)
def test_the_tag_changes_and_nothing_else(tags: str, expected: str) -> None:
    assert after(HEAD + tags, MOVED) == HEAD + expected


def test_a_mark_before_the_text_and_letters_of_several_bytes_stay() -> None:
    text = f"\ufeff# Größe €\n{HEAD}tags: [attack.t1562.001]\n"
    assert after(text, MOVED) == text.replace("attack.t1562.001", "attack.t1685")


def test_a_tag_that_is_there_already_leaves_its_line() -> None:
    text = HEAD + "tags:\n  - attack.t1562.001\n  - attack.t1685\n"
    assert after(text, entry("attack.t1562.001", None)) == HEAD + "tags:\n  - attack.t1685\n"


def test_several_tags_of_several_documents() -> None:
    other = ID.replace("1", "2")
    text = f"{HEAD}tags: [attack.t1562.001, a.b]\n---\nid: {other}\ntags:\n- attack.t1562.001\n- attack.x\n"
    done = after(
        text, MOVED, entry("a.b", "a.c"), entry("attack.x", None, other), entry(MOVED.old, "z", other)
    )
    assert done == f"{HEAD}tags: [attack.t1685, a.c]\n---\nid: {other}\ntags:\n- z\n"


@pytest.mark.parametrize(
    ("text", "change", "said"),
    [
        (HEAD + "tags: [attack.t1562.001, attack.t1562.001]\n", MOVED, "is not in it once"),
        (HEAD + "tags: [attack.t1]\n", MOVED, "is not in it once"),
        (HEAD + "tags: attack.t1562.001\n", MOVED, "is not in it once"),
        (HEAD + "tags: [&a attack.t1562.001]\n", MOVED, "is an alias or has an anchor"),
        (HEAD + "x: &a attack.t1562.001\ntags: [*a]\n", MOVED, "is an alias or has an anchor"),
        (HEAD + 'tags: ["attack.t1562\\x2e001"]\n', MOVED, "in a way of its own"),
        (HEAD + "tags: [attack.t1562.001, x]\n", entry(MOVED.old, None), "is not alone in its line"),
        (HEAD + "tags:\n- attack.t1562.001 # why\n- x\n", entry(MOVED.old, None), "is not alone in its line"),
        (
            HEAD + "tags: [attack.t1562.001]\n",
            entry(MOVED.old, "y", "other"),
            "the rule other is not in it once",
        ),
        (HEAD + "tags: [attack.t1562.001]\n", entry(MOVED.old, "a: b, c"), "reads otherwise"),
        (HEAD + "tags: [attack.t1562.001\n", MOVED, "has flaws"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, change: Entry, said: str) -> None:
    with pytest.raises(UncertainError, match=said):
        after(text, change)


words = st.text("ab.:#'\" -\n[]{}&*", max_size=12)


@given(words, words, words, st.sampled_from(["attack.t2", None]))
def test_whatever_is_around_it_the_rest_stays(
    before: str, between: str, behind: str, new: str | None
) -> None:
    text = f"{before}\nid: {ID}\n{between}\ntags:\n  - attack.t1\n  - other\n{behind}"
    change = entry("attack.t1", new)
    try:
        done = after(text, change)
    except UncertainError:
        return
    assert done == text.replace("  - attack.t1\n", f"  - {new}\n" if new else "")
    (document,) = (
        each
        for each in documents(SourceFile("a.yml", done.encode(), "0" * 64))
        if isinstance(each, YamlDocument) and each.value.get("id") == ID
    )
    assert document.value["tags"] == ([new, "other"] if new else ["other"])
