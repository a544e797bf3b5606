"""The formats of `--format`: one line each, with the module that renders it, imported when it is wanted."""

from enum import StrEnum
from importlib import import_module
from typing import Protocol, Self, cast

from cli.answer import One, Rows
from cli.render.screen import Screen


class Renderer(Protocol):
    """What a module of the table below calls `render`."""

    def __call__(self, answer: Rows | One, screen: Screen) -> str:
        """Return the answer as text that ends with a line break, or "" where nothing is to be said."""


class Form(StrEnum):
    """A format of `--format`.

    Attributes:
        module: whose `render` is its Renderer.
        in_utf8: whether it is UTF-8 whatever the locale says, since a file of it names no encoding; else it is in
            the terminal's letters, others as escapes.
        only: the one command whose answers it is for; "" for those of all.
    """

    TABLE = "table", "cli.render.for_people", False
    JSON = "json", "cli.render.document", True
    CSV = "csv", "cli.render.sheet", True
    MARKDOWN = "md", "cli.render.markdown", True
    GITHUB = "github", "cli.render.github", True, "check"
    SARIF = "sarif", "cli.render.sarif", True, "check"
    JUNIT = "junit", "cli.render.junit", True, "check"

    module: str
    in_utf8: bool
    only: str

    def __new__(cls, name: str, module: str, in_utf8: bool, only: str = "") -> Self:
        """Return the format of that name."""
        form = str.__new__(cls, name)
        form._value_ = name
        form.module = module
        form.in_utf8 = in_utf8
        form.only = only
        return form

    @classmethod
    def general(cls) -> "list[Form]":
        """Return those that every answer has."""
        return [form for form in cls if not form.only]

    def render(self, answer: Rows | One, screen: Screen) -> str:
        """Return the answer as text in this format."""
        renderer = cast("Renderer", import_module(self.module).render)
        return renderer(answer, screen)
