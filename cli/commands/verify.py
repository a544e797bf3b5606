"""`verify`: checking a proof or an answer file, without a database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, One
from graph.errors import InputRejectedError, IntegrityError, UsageError

if TYPE_CHECKING:
    from proofs.report import Report

LARGEST = 64 * 1024 * 1024
"""Bytes of a document that is read."""


def verify(
    context: typer.Context,
    file: Annotated[
        list[str],
        typer.Argument(metavar="FILE [SOURCE]...", help="A proof or an answer file; then more sources."),
    ],
    *,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE", help="A publisher's own file, folder or archive, to compare roots with."
        ),
    ] = None,
    root: Annotated[
        list[str] | None,
        typer.Option(metavar="HEX", help="A content root that you have from elsewhere; of one source."),
    ] = None,
    require_anchor: Annotated[
        bool,
        typer.Option("--require-anchor", help="Fail unless every source was compared with a file or root."),
    ] = False,
) -> Answer:
    """Check a proof or an answer file without a database.

    Of a proof: its records, their places under the content roots, and every hop of its paths. Of an answer file: its
    digest. What only is stated is listed apart. Exit code 11 when a check fails.
    """
    document, *more = file
    data, session = _read(document), options.session_of(context)
    if more and not against:
        raise UsageError(
            "several files", where=more[0], todo="give one; --against takes the publishers' files"
        )
    report = _report(data, (*(against or ()), *more), tuple(root or ()), needed=require_anchor)
    if report.failure:
        place = f"{document}: {report.failure.where}" if report.failure.where else document
        session.error(str(IntegrityError(report.failure.what, where=place)))
    return One(report, exit_code=IntegrityError.exit_code if report.failure else 0)


def _report(data: bytes, against: tuple[str, ...], roots: tuple[str, ...], *, needed: bool) -> "Report":
    if _is_proof(data):
        from proofs.verify import Anchors, verify

        return verify(data, Anchors(against, roots, needed))
    if against or roots or needed:
        raise UsageError(
            "an answer file has no roots to anchor", todo="drop --against, --root and --require-anchor"
        )
    from proofs.answer_file import verify_answer

    return verify_answer(data)


def _is_proof(data: bytes) -> bool:
    return b'"predicateType"' in data or b'"payloadType"' in data


def _read(file: str) -> bytes:
    """Return the bytes of the file; no more of it is read than a document may have."""
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputRejectedError(
            f"cannot be read: {getattr(error, 'strerror', None) or error}", where=file
        ) from error
    if len(data) > LARGEST:
        raise InputRejectedError(
            f"has more than {LARGEST >> 20} MiB", where=file, todo="give a proof of fewer paths"
        )
    return data
