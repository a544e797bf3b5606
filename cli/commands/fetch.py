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
    every: Annotated[
        bool,
        typer.Option("--all", help="All rules, and the regression tests: the source archive of the tag."),
    ] = False,
    base_url: BaseUrl = None,
    folder: Folder = None,
) -> Answer:
    """Fetch a release of the Sigma rules from SigmaHQ's public repository.

    The release's own archive has only rules of level medium and up and status experimental and up.
    """
    from loaders.fetch.content import fetch_content
    from loaders.fetch.sigma import LIMITED, fetch_sigma, newest_release

    session = options.session_of(context)
    if every:
        tag = release or newest_release(base_url=base_url)
        return _kept(session, [fetch_content("sigma", tag, base_url=base_url, folder=folder)], "sigma")
    found = fetch_sigma(release, base_url=base_url, folder=folder)
    session.say(f"{LIMITED}; `fetch sigma --all` has the others, and the regression tests")
    return _kept(session, [found], "sigma")


Ref = Annotated[
    str | None,
    typer.Argument(metavar="REF", help="A tag, branch or commit; the newest commit if left out."),
]


def elastic(
    context: typer.Context, ref: Ref = None, *, base_url: BaseUrl = None, folder: Folder = None
) -> Answer:
    """Fetch Elastic's detection rules from the public repository, under the Elastic License 2.0."""
    return _content(context, "elastic", ref, base_url, folder)


def splunk(
    context: typer.Context, ref: Ref = None, *, base_url: BaseUrl = None, folder: Folder = None
) -> Answer:
    """Fetch Splunk's detections and data sources from the public repository."""
    return _content(context, "splunk", ref, base_url, folder)


def sentinel(
    context: typer.Context, ref: Ref = None, *, base_url: BaseUrl = None, folder: Folder = None
) -> Answer:
    """Fetch Sentinel's analytics rules from the public repository, whose archive is large."""
    return _content(context, "sentinel", ref, base_url, folder)


def _content(
    context: typer.Context, word: str, ref: str | None, base_url: str | None, folder: Path | None
) -> Answer:
    from loaders.fetch.content import fetch_content

    found = fetch_content(word, ref, base_url=base_url, folder=folder)
    return _kept(options.session_of(context), [found], word)


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
