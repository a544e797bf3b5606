"""The matrix as a page that needs nothing else, and as a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pages import words
from pages.answer_file import (
    NamedAnswer,
    answers_in,
    named_answers,
    narrowing_in,
    page_answer,
    subject_in,
)
from pages.answers import Kept, Live
from pages.links import Alone
from pages.page import PageSubject
from pages.render import Frame, environment, in_script, single_frame
from pages.single import days
from pages.text import shortened, shown
from pages.views.matrix import Matrix, MatrixCell, MatrixColumn, matrix
from queries.answers.narrowing import Narrowing
from queries.ask import Asked, ask
from queries.params import Nothing
from queries.questions.releases.roots import ROOTS
from queries.readings import STATES

CODES = {name: chr(ord("a") + at) for at, name in enumerate(STATES)}
"""State -> the letter that stands for it in the attributes that the filter reads."""
WIDTH, GAP, ROW, TOP, LETTERS = 182, 8, 22, 118, 25
"""Pixels: of a column, between columns, of a cell with its gap, above the columns; letters of a cell."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The matrix with the answers that it was made of, and their file."""

    matrix: Matrix
    made_of: tuple[NamedAnswer, ...]
    file: Mapping[str, Any]


def _asked(graph: Asked, subject: PageSubject, narrowing: Narrowing) -> Answers:
    loaded, when = ask(graph, ROOTS, Nothing()), days(graph)
    source = Live(graph, when)
    made = matrix(source, subject, Alone(), narrowing)
    made_of = named_answers(source.answers, loaded)
    return Answers(made, made_of, page_answer(subject, made_of, loaded, when, narrowing))


def matrix_page(graph: Asked, subject: PageSubject, narrowing: Narrowing) -> str:
    """Return the matrix as one self-contained HTML file.

    Raises:
        NotFoundError: what it is narrowed to is not in the release.
    """
    asked = _asked(graph, subject, narrowing)
    return drawn_matrix(asked.matrix, single_frame(asked.file, asked.made_of, official=True))


def matrix_again(file: Mapping[str, Any]) -> str:
    """Return the page of a matrix that its answer file was taken from, made again.

    Raises:
        KeyError, TypeError: it is not the answer file of a matrix that this version makes.
    """
    subject, made_of = subject_in(file), answers_in(file)
    source = Kept((each.answered for each in made_of), file["about"]["loaded"])
    made = matrix(source, subject, Alone(), narrowing_in(file))
    return drawn_matrix(made, single_frame(file, made_of, official=True))


def drawn_matrix(made: Matrix, frame: Frame) -> str:
    """Return the HTML of a matrix in its frame."""
    return (
        environment()
        .get_template("matrix.html")
        .render(
            matrix=made,
            frame=frame,
            title=made.title,
            summary=made.summary,
            codes=CODES,
            states_json=in_script({code: [name, words.reading(name)] for name, code in CODES.items()}),
        )
    )


def matrix_picture(graph: Asked, subject: PageSubject, narrowing: Narrowing) -> str:
    """Return the matrix as one SVG file: a cell for each technique, with how many of its sub-techniques are covered.

    Raises:
        NotFoundError: what it is narrowed to is not in the release.
    """
    asked = _asked(graph, subject, narrowing)
    made, file = asked.matrix, asked.file
    tall = max((len(column.cells) for column in made.columns), default=0)
    return (
        environment()
        .get_template("matrix.svg")
        .render(
            matrix=made,
            columns=[_drawn(column, at) for at, column in enumerate(made.columns)],
            width=max(1, len(made.columns)) * (WIDTH + GAP) + GAP,
            height=TOP + tall * ROW + 40,
            cell_width=WIDTH,
            foot=f"Sightline; answers {file['digest']}. {NOTICE}",
        )
    )


NOTICE = (
    "MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation. This work is reproduced and "
    "distributed with the permission of The MITRE Corporation."
)


@dataclass(frozen=True, slots=True)
class DrawnColumn:
    """A column of the picture with its place, in pixels."""

    x: int
    title: str
    told: str
    cells: tuple["DrawnCell", ...]


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell of the picture with its place; `whole` is what it says to those who point at it."""

    x: int
    y: int
    state: str
    text: str
    whole: str
    href: str | None


def _drawn(column: MatrixColumn, at: int) -> DrawnColumn:
    x = GAP + at * (WIDTH + GAP)
    cells = tuple(_cell(each, x, TOP + place * ROW) for place, each in enumerate(column.cells))
    told = f"{column.covered} of {column.techniques} covered"
    return DrawnColumn(x, shortened(shown(column.tactic), LETTERS), told, cells)


def _cell(cell: MatrixCell, x: int, y: int) -> DrawnCell:
    children = sum(each.state == "covered" for each in cell.children)
    below = f"; {children} of {len(cell.children)} sub-techniques covered" if cell.children else ""
    text = shortened(f"{cell.technique_id} {shown(cell.name)}", LETTERS)
    return DrawnCell(
        x, y, cell.state, text, f"{cell.technique_id} {cell.name}: {cell.word}{below}", cell.href
    )
