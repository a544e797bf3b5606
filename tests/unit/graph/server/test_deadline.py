"""One thread watches every deadline: late ones are cut, the others never, and it ends when it is told to."""

import threading

import pytest

from graph.errors import SightlineError
from graph.server.deadline import Watchdog, within
from graph.server.faults import NoAnswerError

FAR = 3600.0
SOON = 0.01
PATIENCE = 30.0


def watching() -> int:
    return sum(thread.name == "deadlines" for thread in threading.enumerate())


@pytest.fixture
def watchdog() -> Watchdog:
    return Watchdog()


def test_what_is_late_is_cut_and_what_is_not_stays(watchdog: Watchdog) -> None:
    cut, never = threading.Event(), threading.Event()
    far = watchdog.arm(FAR, never.set)
    soon = watchdog.arm(SOON, cut.set)
    assert cut.wait(PATIENCE)
    assert soon.late
    assert not far.late
    assert not never.is_set()
    watchdog.close()


def test_a_cut_that_hangs_delays_no_other(watchdog: Watchdog) -> None:
    released, second = threading.Event(), threading.Event()

    def hang() -> None:
        released.wait(PATIENCE)

    watchdog.arm(SOON, hang)
    watchdog.arm(SOON * 2, second.set)
    assert second.wait(PATIENCE)
    released.set()
    watchdog.close()


def test_a_thousand_deadlines_need_one_thread_which_ends(watchdog: Watchdog) -> None:
    before = watching()
    never = threading.Event()
    for _ in range(1000):
        watchdog.disarm(watchdog.arm(FAR, never.set))
        assert watching() == before + 1
    watchdog.close()
    assert watching() == before
    assert not never.is_set()


def test_it_watches_again_after_it_was_closed(watchdog: Watchdog) -> None:
    watchdog.close()
    cut = threading.Event()
    watchdog.arm(SOON, cut.set)
    watchdog.close()
    watchdog.arm(SOON, cut.set)
    assert cut.wait(PATIENCE)
    watchdog.close()


def test_no_thread_before_the_first_deadline(watchdog: Watchdog) -> None:
    before = watching()
    Watchdog()
    watchdog.close()
    assert watching() == before


def wait_and_fail(event: threading.Event) -> None:
    assert event.wait(PATIENCE)
    raise OSError


def test_a_late_block_that_ends_well_got_no_answer_either(watchdog: Watchdog) -> None:
    cut = threading.Event()
    with pytest.raises(NoAnswerError, match=r"within 0\.01 s"), within(SOON, cut.set, "here", watchdog):
        assert cut.wait(PATIENCE)
    with within(FAR, cut.set, "here", watchdog):
        pass
    watchdog.close()


def test_a_late_block_says_so_and_an_error_of_ours_passes(watchdog: Watchdog) -> None:
    cut = threading.Event()
    with pytest.raises(NoAnswerError, match=r"within 0\.01 s"), within(SOON, cut.set, "here", watchdog):
        wait_and_fail(cut)
    with pytest.raises(SightlineError, match="as it is"), within(FAR, cut.set, "here", watchdog):
        raise SightlineError("as it is")
    watchdog.close()
