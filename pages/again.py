"""Pages made again from the answers that they carry, byte for byte."""

from collections.abc import Mapping
from typing import Any

from pages.answer_file import answers_in, subject_in
from pages.answers import Kept
from pages.links import Alone
from pages.matrix import matrix_again
from pages.page import MATRIX
from pages.render import single
from pages.single import VIEWS

KINDS = frozenset({*VIEWS, MATRIX})
"""Kinds of pages that can be made again."""


def page_again(file: Mapping[str, Any]) -> str:
    """Return the page that its answer file was taken from, made again.

    Raises:
        KeyError, TypeError: it is not the answer file of a page that this version makes.
    """
    subject = subject_in(file)
    if subject.kind == MATRIX:
        return matrix_again(file)
    made_of = answers_in(file)
    source = Kept((each.answered for each in made_of), file["about"]["loaded"])
    return single(VIEWS[subject.kind](source, subject, Alone()), file, made_of)
