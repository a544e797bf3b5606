"""`verify`: checking a proof, an answer file or a page, without a database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, One
from graph.errors import InputRejectedError, IntegrityError, UsageError

if TYPE_CHECKING:
    from cli.session import Session
    from proofs.report import Report

LARGEST = 64 * 1024 * 1024
"""Bytes of a document that is read."""
_HEAD = 64
"""Bytes by which a page is told."""


def verify(
    context: typer.Context,
    file: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE [SOURCE]...", help="A proof, an answer file or a page; then more sources."
        ),
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
    replay: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE",
            help="Of an answer file: load these sources into an empty private Neo4j (or --uri), ask again, compare.",
        ),
    ] = None,
) -> Answer:
    """Check a proof, an answer file or a page without a database.

    Of a proof: its records, their places under the content roots, and every hop of its paths. Of an answer file: its
    digest, and with --replay the answer itself. Of a page: that it is what the answers in it give. What only is
    stated is listed apart. Exit code 11 when a check fails.
    """
    document, *more = file
    data, session = _read(document), options.session_of(context)
    if more and not (against or replay):
        todo = "give one; --against and --replay take the publishers' files"
        raise UsageError("several files", where=more[0], todo=todo)
    if replay:
        report = _replayed(session, data, (*replay, *more), anchored=bool(against or root or require_anchor))
    else:
        report = _report(data, (*(against or ()), *more), tuple(root or ()), needed=require_anchor)
    if report.failure:
        place = f"{document}: {report.failure.where}" if report.failure.where else document
        session.error(str(IntegrityError(report.failure.what, where=place)))
    return One(report, exit_code=IntegrityError.exit_code if report.failure else 0)


def _is_page(data: bytes) -> bool:
    return data[:_HEAD].lstrip().lower().startswith(b"<!doctype html")


def _report(data: bytes, against: tuple[str, ...], roots: tuple[str, ...], *, needed: bool) -> "Report":
    if _is_proof(data) and not _is_page(data):
        from proofs.verify import Anchors, verify

        return verify(data, Anchors(against, roots, needed))
    if against or roots or needed:
        raise UsageError(
            "an answer file has no roots to anchor", todo="drop --against, --root and --require-anchor"
        )
    if _is_page(data):
        from cli.page_check import verify_page

        return verify_page(data)
    from proofs.answer_file import verify_answer

    return verify_answer(data)


def _replayed(session: "Session", data: bytes, sources: tuple[str, ...], *, anchored: bool) -> "Report":
    if _is_page(data):
        raise UsageError("a page is not replayed", todo="its answers have the commands that give them")
    if _is_proof(data):
        raise UsageError("a proof is not replayed", todo="--against compares it with the publishers' files")
    if anchored:
        todo = "drop --against, --root and --require-anchor"
        raise UsageError("an answer file has no roots to anchor", todo=todo)
    from cli.replay import replay

    return replay(session, data, sources)


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
