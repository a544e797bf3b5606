"""The catalogue is tested, not remembered: every file is in it and takes what its types give."""

from dataclasses import fields, is_dataclass
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFoundError
from queries.catalog import CATALOG, TOPICS, AnyQuestion, defined_in, named
from queries.params import Nothing
from queries.spec import FOLDER, MalformedQueryError, Question, parse
from tools import revisions

EVERY = [pytest.param(question, id=name) for name, question in CATALOG.items()]


def test_every_file_on_disk_is_in_the_catalog_once() -> None:
    names = [f"{path.parent.name}.{path.stem}" for path in FOLDER.glob("*/*.cypher")]
    assert sorted(names) == sorted(CATALOG)
    assert len(set(CATALOG)) == len(list(CATALOG)) == len(CATALOG)


def test_every_folder_of_questions_is_a_topic() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/*.cypher")} == set(TOPICS)


def test_the_questions_of_a_module_are_found_by_themselves_and_in_tables() -> None:
    alone, listed, entered = (Question(f"topic.{name}", Nothing, Nothing) for name in ("a", "b", "c"))
    module = ModuleType("topic")
    vars(module).update(
        {"A": alone, "B": {"b": listed}, "C": (SimpleNamespace(question=entered), 3), "AGAIN": alone}
    )
    assert defined_in(module) == (alone, listed, entered)


def test_every_statement_is_the_one_that_its_revision_had() -> None:
    listed = revisions.kept(revisions.FILE.read_text("utf-8"))
    assert revisions.problems(revisions.present(), listed) == []
    assert revisions.unlisted(revisions.present(), listed) == [], "run `make revisions`"


@pytest.mark.parametrize("question", EVERY)
def test_placeholders_equal_the_fields_of_the_parameters(question: AnyQuestion) -> None:
    assert question.file.placeholders == {field.name for field in fields(question.params)}


@pytest.mark.parametrize("question", EVERY)
def test_the_front_and_back_are_frozen_and_slotted(question: AnyQuestion) -> None:
    for type_ in (question.params, question.row):
        assert is_dataclass(type_)
        assert not hasattr(type_, "__dict__") or "__slots__" in vars(type_)
        assert type_.__doc__


@pytest.mark.parametrize("question", EVERY)
def test_the_header_reads_well(question: AnyQuestion) -> None:
    file = question.file
    assert len(file.title) <= 72
    assert not file.title.endswith((".", "?"))
    assert "?" in file.question, "the question is a question"
    assert file.example.startswith("{")
    assert file.example.endswith("}")


@pytest.mark.parametrize("question", EVERY)
def test_the_statement_is_one_read_without_literals_of_a_release(question: AnyQuestion) -> None:
    statement = question.file.statement
    assert ";" not in statement
    assert "//" not in statement
    assert "@18" not in statement
    assert "RETURN" in statement


@pytest.mark.parametrize("question", EVERY)
def test_the_literal_form_has_no_parameter_left(question: AnyQuestion) -> None:
    assert "$" not in question.literal()
    assert f"WITH {question.file.example} AS given" in question.literal()


def test_titles_are_distinct() -> None:
    titles = [question.file.title for question in CATALOG.values()]
    assert len(set(titles)) == len(titles)


def test_a_question_is_found_without_its_topic() -> None:
    assert named("history").name == "releases.history"
    assert named("releases.history") is named("history")


def test_an_unknown_question_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"releases\.history"):
        named("releases.histroy")


def test_a_name_that_no_topic_has_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        CATALOG["nowhere.nothing"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MATCH (n) RETURN n",
        "// Title\nMATCH (n) RETURN n",
        "// Title\n// Question?\nMATCH (n) RETURN n",
        "// Title\n// Question?\n// revision 1\n// :param {}\n",
        "// Title\n// Question?\n// revision 1\n// :param {}\n// :param {}\nRETURN 1",
        "// Title\n// Question?\n// :param {}\nRETURN 1",
        "// Title\n// Question?\n// revision 0\n// :param {}\nRETURN 1",
        "// Title\n// Question?\n// revision 1\n// revision 2\n// :param {}\nRETURN 1",
    ],
)
def test_a_file_without_its_header_is_a_bug(text: str) -> None:
    with pytest.raises(MalformedQueryError, match=r"broken\.cypher"):
        parse(text, name="broken.cypher")


def test_the_parts_of_a_file() -> None:
    file = parse(
        "// A title\n// What is it?\n// And why?\n// revision 3\n// :param {release: 'x', limit: 3}\n"
        "MATCH (n {release: $release})\nRETURN n LIMIT $limit;\n",
        name="good.cypher",
    )
    assert file.title == "A title"
    assert file.question == "What is it? And why?"
    assert file.revision == 3
    assert file.example == "{release: 'x', limit: 3}"
    assert file.statement == "MATCH (n {release: $release})\nRETURN n LIMIT $limit"
    assert file.placeholders == {"release", "limit"}


@given(st.text(st.characters(exclude_characters="/;", exclude_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_any_statement_survives_parsing(body: str) -> None:
    text = f"// Title\n// Question?\n// revision 1\n// :param {{}}\nRETURN '{body.strip()}' AS x"
    assert parse(text, name="any.cypher").statement == f"RETURN '{body.strip()}' AS x"
