"""The number of a question rises when its statement changes."""

from queries.spec import QueryFile
from tools.revisions import FILE, Revision, kept, problems, unlisted, written

TEXT = FILE.read_text("utf-8")
LISTED = kept(TEXT)


def file(revision: int, statement: str) -> QueryFile:
    return QueryFile("Title", "What?", revision, "{}", statement)


def test_the_list_is_in_order_and_counts_from_one_without_a_gap() -> None:
    assert written(LISTED) == TEXT
    for name in {each.name for each in LISTED}:
        numbers = [each.revision for each in LISTED if each.name == name]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_new_statement_needs_the_next_number() -> None:
    old, new = file(1, "RETURN 1"), file(1, "RETURN 2")
    before = [Revision("a.b", 1, old.sha256)]
    assert problems({"a.b": old}, before) == []
    assert "write `// revision 2`" in problems({"a.b": new}, before)[0]
    assert "write `// revision 2`" in problems({"a.b": file(3, "RETURN 2")}, before)[0]
    raised = file(2, "RETURN 2")
    assert problems({"a.b": raised}, before) == []
    assert unlisted({"a.b": raised}, before) == [Revision("a.b", 2, raised.sha256)]


def test_a_number_rises_with_the_statement_only() -> None:
    same = file(2, "RETURN 1")
    assert "that number" in problems({"a.b": same}, [Revision("a.b", 1, same.sha256)])[0]
