"""A deadline for calls of the driver, which has none for reading.

At the deadline the connections are cut from another thread, which ends the call. One thread watches all deadlines
of a graph: a load has hundreds of them, and a thread for each costs more than it guards.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from graph.errors import LimitExceededError, SightlineError
from graph.server.faults import NoAnswerError, translate


class Deadline:
    """When one block must be done; compared by identity."""

    __slots__ = ("at", "cut", "late")

    def __init__(self, at: float, cut: Callable[[], None]) -> None:
        self.at = at
        self.cut = cut
        self.late = False


class Watchdog:
    """The thread that waits for the next deadline; it starts with the first one and ends with `close`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._armed: list[Deadline] = []
        self._thread: threading.Thread | None = None
        self._wakes_at = float("inf")

    def arm(self, seconds: float, cut: Callable[[], None]) -> Deadline:
        """Watch: after `seconds`, unless disarmed before, `cut` is called from the watching thread."""
        deadline = Deadline(time.monotonic() + seconds, cut)
        with self._changed:
            self._armed.append(deadline)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="deadlines", daemon=True)
                self._thread.start()
            elif deadline.at < self._wakes_at:
                self._changed.notify()
        return deadline

    def disarm(self, deadline: Deadline) -> None:
        """Stop watching; what is late already stays so."""
        with self._changed, suppress(ValueError):
            self._armed.remove(deadline)

    def close(self) -> None:
        """End the thread; deadlines that are armed are forgotten. A later `arm` starts another one."""
        with self._changed:
            self._armed.clear()
            thread, self._thread = self._thread, None
            self._changed.notify()
        if thread is not None:
            thread.join()

    def _watch(self) -> None:
        while (due := self._next_due()) is not None:
            # Cutting can take seconds with a stopped server; other deadlines do not wait for that.
            threading.Thread(target=_cut, args=(due,), daemon=True).start()

    def _next_due(self) -> Deadline | None:
        """The deadline that has come, after waiting for it; None when this thread is to end."""
        with self._changed:
            while self._thread is threading.current_thread():
                first = min(self._armed, key=lambda each: each.at, default=None)
                now = time.monotonic()
                if first is not None and first.at <= now:
                    first.late = True
                    self._armed.remove(first)
                    return first
                # A disarmed deadline wakes nobody: most are, and the thread finds out when its time comes.
                self._wakes_at = first.at if first is not None else float("inf")
                self._changed.wait(None if first is None else first.at - now)
        return None


def _cut(deadline: Deadline) -> None:
    with suppress(Exception):
        deadline.cut()


@contextmanager
def within(seconds: float, cut: Callable[[], None], where: str, watchdog: Watchdog) -> Iterator[None]:
    """Give the block `seconds` with the server; what goes wrong comes out as errors of ours.

    Args:
        seconds: for all calls of the block together.
        cut: called at the deadline, from another thread; it must end the calls.
        where: the server, for the message.
        watchdog: that watches the deadline.

    Raises:
        NoAnswerError: the deadline came.
        LimitExceededError: a value is too deep for the driver or for JSON.
        SightlineError: what `graph.server.faults` makes of a fault of the server or the connection.
    """
    deadline = watchdog.arm(seconds, cut)
    try:
        yield
    except SightlineError:
        raise
    except RecursionError as error:
        raise LimitExceededError("a value is nested too deeply", todo="ask for a flatter one") from error
    except Exception as error:
        ours = _no_answer(seconds, where) if deadline.late else translate(error, where)
        if ours is None:
            raise
        raise ours from error
    else:
        # The driver's rollback passes over a cut connection: then a block ends well that got half an answer or none.
        watchdog.disarm(deadline)
        if deadline.late:
            raise _no_answer(seconds, where)
    finally:
        watchdog.disarm(deadline)


def _no_answer(seconds: float, where: str) -> NoAnswerError:
    return NoAnswerError(
        f"the server did not answer within {seconds:g} s",
        where=where,
        todo="is its process stopped or overloaded?",
    )
