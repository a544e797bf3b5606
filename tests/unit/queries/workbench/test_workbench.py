"""Style, guide, favorites and links, as text; the Browser itself reads them in tests/browser."""

import io
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFoundError
from graph.schema import NODES, RELATIONSHIPS
from queries.catalog import CATALOG, AnyQuestion
from queries.workbench.examples import as_map, entries, fitting
from queries.workbench.favorites import archive, favorites
from queries.workbench.guide import guide, parameter_lines
from queries.workbench.links import cypher_of, link, typed
from queries.workbench.pictures import FOLDER, ORDER, PICTURES, Picture, picture
from queries.workbench.style import darker, grass, readable_on

EVERY = [pytest.param(question, id=name) for name, question in CATALOG.items()]
ALL = [*EVERY, *(pytest.param(each, id=each.name) for each in PICTURES)]
ADDRESS = "http://127.0.0.1:7474/browser/"
LONGEST = 16_000
"""Bytes of a request's head that the server takes: 20 kB, and other headers come with it."""


def test_every_label_and_type_has_one_rule() -> None:
    selectors = Counter(re.findall(r"^([\w.]+) \{", grass(), re.MULTILINE))
    wanted = {f"node.{each.label}" for each in NODES} | {
        f"relationship.{each.type}" for each in RELATIONSHIPS
    }
    assert set(selectors) == wanted | {"node", "relationship"}
    assert set(selectors.values()) == {1}


def test_a_shared_label_comes_before_the_labels_that_share_it() -> None:
    style = grass()
    for each in NODES:
        assert style.index(f"node.{each.base} {{") <= style.index(f"node.{each.label} {{")


def test_every_label_has_its_color_and_caption() -> None:
    style = grass()
    for each in NODES:
        rule = style[style.index(f"node.{each.label} {{") :].partition("}\n")[0]
        assert f"color: {each.color};" in rule
        assert f'caption: "{each.caption}";' in rule


def test_the_style_has_nothing_that_the_browser_trips_over() -> None:
    assert "/*" not in grass()
    assert "//" not in grass()


def test_text_can_be_read_on_its_color() -> None:
    assert readable_on("#FFFFFF") != readable_on("#000000")
    assert darker("#804020") == "#603018"


class Reader(HTMLParser):
    """The clickable blocks and headings of a guide; every tag must be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.blocks: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag == "pre":
            assert "runnable" in (dict(attrs)["class"] or "")
            self.blocks.append("")
        if tag in {"h3", "h4"}:
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["pre"]:
            self.blocks[-1] += data
        elif self.open[-1:] in (["h3"], ["h4"]):
            self.headings[-1] += data


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = Reader()
    found.feed(guide())
    found.close()
    assert found.open == []
    return found


@pytest.mark.parametrize("question", ALL)
def test_the_guide_has_the_parameters_and_the_text_of(
    question: "AnyQuestion | Picture", reader: Reader
) -> None:
    assert question.file.title in reader.headings
    assert f"// {question.file.title}\n{question.file.statement}" in reader.blocks
    if question.file.placeholders:
        assert "\n".join(parameter_lines(question.file.example)) in reader.blocks


def test_only_a_served_guide_links_the_favorites_beside_it() -> None:
    assert 'href="sightline-favorites.zip"' in guide(served=True)
    assert "href" not in guide()
    assert "sightline browser --export DIR" in guide()


@pytest.mark.parametrize("question", ALL)
def test_the_entries_of_an_example_are_its_parameters(question: "AnyQuestion | Picture") -> None:
    assert as_map(entries(question.file.example)) == question.file.example
    assert set(fitting(question.file.example)) == question.file.placeholders


@pytest.mark.parametrize("question", ALL)
def test_nothing_in_the_workbench_names_a_release(question: "AnyQuestion | Picture") -> None:
    assert "@" not in as_map(fitting(question.file.example))


def test_every_picture_on_disk_is_in_the_guide() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in FOLDER.glob("*.cypher"))


def test_an_unknown_picture_names_the_others() -> None:
    with pytest.raises(NotFoundError, match="technique"):
        picture("portrait")


def test_the_archive_has_every_question_once_in_its_folder() -> None:
    with zipfile.ZipFile(io.BytesIO(archive())) as made:
        names = made.namelist()
        texts = {name: made.read(name).decode() for name in names}
    assert names == [path for path, _ in favorites()]
    assert len(set(names)) == len(names) == len(CATALOG) + len(PICTURES)
    for name, text in texts.items():
        assert name.count("/") == 1
        assert text.startswith("// ")
        assert ";" not in text
        assert "$" not in text


def test_names_of_favorites_are_distinct() -> None:
    titles = [text.splitlines()[0] for _, text in favorites()]
    assert len(set(titles)) == len(titles)


def test_the_archive_is_made_the_same_each_time() -> None:
    assert archive() == archive()


@pytest.mark.parametrize("question", ALL)
def test_a_link_is_short_enough_and_is_not_cut(question: "AnyQuestion | Picture") -> None:
    address = link(ADDRESS, question, dict.fromkeys(question.file.placeholders, "&#+%26"))
    assert len(address) < LONGEST
    assert not {"&", "#", "+"} & set(address.partition("&arg=")[2])
    (text,) = parse_qs(urlsplit(address).query)["arg"]
    assert not {"&", "#"} & set(text)


@given(st.text())
def test_a_text_in_a_literal_ends_nowhere_early(text: str) -> None:
    inside = cypher_of(text)[1:-1]
    assert inside.isprintable()
    # Every quote follows an odd number of backslashes, and no unicode escape stands for a quote or backslash.
    assert "'" not in re.sub(r"\\\\|\\'", "", inside)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\u00(?:27|5C)", inside)


def test_values_are_written_as_cypher_writes_them() -> None:
    values: dict[str, object] = {"a": None, "b": True, "c": 3, "d": 0.5, "e": ("x", "it's"), "f": []}
    assert cypher_of(values) == r"{a: null, b: true, c: 3, d: 0.5, e: ['x', 'it\'s'], f: []}"


def test_a_value_without_a_literal_is_a_bug() -> None:
    with pytest.raises(TypeError, match="object"):
        cypher_of(object())


def test_a_typed_text_arrives_as_cypher() -> None:
    assert typed(ADDRESS, "RETURN 1 + 2 & 3").endswith("?cmd=edit&arg=RETURN%201%20%2B%202%20%5Cu0026%203")
