"""`verify`: checking a proof, without a database."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, One
from graph.errors import InputRejectedError, IntegrityError

LARGEST = 64 * 1024 * 1024
"""Bytes of a document that is read."""


def verify(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A proof that `trace --proof` wrote.")],
) -> Answer:
    """Check a proof without a database: records, roots, and every hop of its paths."""
    from proofs.verify import verify as checked

    report = checked(_read(file))
    failure = report.failure
    if failure:
        place = f"{file}: {failure.where}" if failure.where else str(file)
        options.session_of(context).error(str(IntegrityError(failure.what, where=place)))
    return One(report, exit_code=IntegrityError.exit_code if failure else 0)


def _read(file: Path) -> bytes:
    """Return the bytes of the file; no more of it is read than a document may have."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise InputRejectedError(f"cannot be read: {error.strerror}", where=str(file)) from error
    if len(data) > LARGEST:
        raise InputRejectedError(
            f"has more than {LARGEST >> 20} MiB", where=str(file), todo="give a proof of fewer paths"
        )
    return data
