"""A deadline for calls of the driver, which has none for reading.

At the deadline the connections are cut from another thread, which ends the call.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from graph.errors import SightlineError
from graph.faults import NoAnswerError, translate


@contextmanager
def within(seconds: float, cut: Callable[[], None], where: str) -> Iterator[None]:
    """Give the block `seconds` with the server; what goes wrong comes out as errors of ours.

    Args:
        seconds: for all calls of the block together.
        cut: called at the deadline, from another thread; it must end the calls.
        where: the server, for the message.

    Raises:
        NoAnswerError: the deadline came.
        SightlineError: what `graph.faults` makes of a fault of the server or the connection.
    """
    late = threading.Event()
    timer = threading.Timer(seconds, _end, (cut, late))
    timer.daemon = True
    timer.start()
    try:
        yield
    except SightlineError:
        raise
    except Exception as error:
        ours = _no_answer(seconds, where) if late.is_set() else translate(error, where)
        if ours is None:
            raise
        raise ours from error
    finally:
        timer.cancel()


def _end(cut: Callable[[], None], late: threading.Event) -> None:
    late.set()
    with suppress(Exception):
        cut()


def _no_answer(seconds: float, where: str) -> NoAnswerError:
    return NoAnswerError(
        f"the server did not answer within {seconds:g} s",
        where=where,
        todo="is its process stopped or overloaded?",
    )
