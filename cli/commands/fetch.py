"""`fetch ...`: published files from their public places, verified and kept as dated copies."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.session import Session
    from loaders.fetch.shelf import Fetched

BaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="Mirror with the same paths; default: the publisher's site.")
]
Folder = Annotated[
    Path | None, typer.Option("--to", metavar="DIR", help="Folder for the copies; default: the data folder.")
]


def attack(
    context: typer.Context,
    releases: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="R", help="Such as 18.1 or ics-attack@18.1; the newest enterprise one if left out."
        ),
    ] = None,
    *,
    base_url: BaseUrl = None,
    folder: Folder = None,
) -> Answer:
    """Fetch ATT&CK releases from MITRE's public repository."""
    from loaders.fetch.attack import fetch_attack

    found = fetch_attack(releases or (), base_url=base_url, folder=folder)
    return _kept(options.session_of(context), found, "attack")


def sigma(
    context: typer.Context,
    release: Annotated[
        str | None, typer.Argument(metavar="TAG", help="Such as r2026-04-01; the newest if left out.")
    ] = None,
    *,
    base_url: BaseUrl = None,
    folder: Folder = None,
) -> Answer:
    """Fetch a release of the Sigma rules from SigmaHQ's public repository."""
    from loaders.fetch.sigma import fetch_sigma

    found = fetch_sigma(release, base_url=base_url, folder=folder)
    return _kept(options.session_of(context), [found], "sigma")


def ctid(
    context: typer.Context,
    frameworks: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Such as aws or nist_800_53; the four cloud providers if left out."
        ),
    ] = None,
    *,
    base_url: BaseUrl = None,
    folder: Folder = None,
) -> Answer:
    """Fetch CTID's newest mappings from the public repository of its Mappings Explorer."""
    from loaders.fetch.ctid import PROVIDERS, fetch_ctid

    found = fetch_ctid(frameworks or PROVIDERS, base_url=base_url, folder=folder)
    return _kept(options.session_of(context), found, "ctid")


def _kept(session: "Session", found: "Sequence[Fetched]", kind: str) -> Answer:
    """Return a row for each copy; print the command that loads them."""
    from shlex import quote

    from loaders.fetch.shelf import Fetched

    session.say(f"next: sightline load {kind} {' '.join(quote(each.path) for each in found)}")
    return rows_of(Fetched, found, spare=("final_url", "url", "fetched_at", "size"))
