"""What a public place says that it has: JSON checked by a model, of which only the part that we use is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import InputRejectedError, IntegrityError
from loaders.fetch.download import Answer
from loaders.reading.json_text import parse_json
from loaders.reading.one_file import SourceFile

M = TypeVar("M", bound=BaseModel)


class Listed(BaseModel):
    """A part of a listing; what else it says is passed over."""

    model_config = ConfigDict(frozen=True)


def as_source(answer: Answer) -> SourceFile:
    """Return the answer as an input file, so that it is read as a file at hand would be."""
    return SourceFile(answer.url, answer.data, "")


def read_listing(answer: Answer, model: type[M], what: str) -> M:
    """Return the listing in `answer`; `what` says what it ought to be.

    Raises:
        IntegrityError: it is something else.
    """
    with whole():
        value = parse_json(as_source(answer)).value
    try:
        return model.model_validate(value)
    except ValidationError:
        raise IntegrityError(f"is not a valid {what}", where=answer.url, todo="check --base-url") from None


@contextmanager
def whole() -> Iterator[None]:
    """Turn the refusal of an input that was fetched into an error of the fetching."""
    try:
        yield
    except InputRejectedError as error:
        todo = "fetch it again, or use another mirror"
        raise IntegrityError(error.what, where=error.where, todo=todo) from None
