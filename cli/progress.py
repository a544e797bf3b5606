"""Progress on a terminal, and nowhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.render.visible import visible

if TYPE_CHECKING:
    from cli.session import Session

Tell = Callable[[int, int], None]
"""Called with what is there and what there will be: bytes, or pages."""


@contextmanager
def bytes_arriving(session: "Session", what: str) -> Iterator[Tell]:
    """Yield a function that moves a bar on stderr; without a terminal it does nothing."""
    if session.verbosity < 0 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, total: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def load_going_on(session: "Session", what: str) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows the phase of a load on stderr, and how far it is; without a terminal nothing."""
    if session.verbosity < 0 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda phase, done, total: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(visible(what)), total=None)

        def tell(phase: str, done: int, total: int) -> None:
            bar.update(
                task, description=f"{phase} {escape(visible(what))}", completed=done, total=total or None
            )

        yield tell


@contextmanager
def pages_made(session: "Session") -> Iterator[Tell]:
    """Yield a function that moves a bar of pages on stderr; without a terminal it does nothing."""
    if session.verbosity < 0 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, total: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pages", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
