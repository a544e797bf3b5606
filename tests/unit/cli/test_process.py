"""`sightline` as a process: pipes, signals, locales, terminals."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
from cli import app, tree
from tests.unit.cli import sample
tree.TOPICS = sample.TOPICS
app.main()
"""
ROOT = Path(__file__).parents[3]


def process(
    *words: str, env: dict[str, str] | None = None, stdout: int = subprocess.PIPE
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_heed_interrupts,
    )


def _heed_interrupts() -> None:
    """Undo what a shell does to a job in the background, whose children ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(*words: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    with process(*words, env=env) as run:
        out, err = run.communicate(timeout=60)
    return run.returncode, out, err


@pytest.mark.parametrize(
    ("words", "code"),
    [(("pairs",), 0), (("missing",), 12), (("broken",), 70), (("check",), 1), (("nope",), 2)],
)
def test_the_process_ends_with_the_code(words: tuple[str, ...], code: int) -> None:
    assert ended(*words)[0] == code


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}]
)
def test_letters_that_the_locale_lacks_are_escapes(locale: dict[str, str]) -> None:
    code, out, err = ended("letters", env=locale)
    assert (code, err) == (0, "")
    assert "caf" in out
    assert "Traceback" not in ended("letters", "--fail", env=locale)[2]
    assert json.loads(ended("letters", "--format", "json", env=locale)[1]) == [{"name": "café 汉字 \udcff"}]


def test_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with process("many", stdout=writer) as run:
        os.close(writer)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, "")


def test_help_into_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with process("--help", stdout=writer) as run:
        os.close(writer)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, "")


def test_a_full_disk_is_one_line() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    with process("many", stdout=full) as run:
        os.close(full)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 8
    assert (
        err
        == "sightline: stdout: cannot write: No space left on device; free space there or write elsewhere\n"
    )


@pytest.mark.parametrize("words", ["pairs", "--help", "pairs --format json", ""])
def test_without_stdout_it_is_told_that_the_answer_is_lost(words: str) -> None:
    command = f'exec "{sys.executable}" -c "{PROGRAM}" {words} >&-'
    run = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert run.returncode == 8
    assert run.stderr == b"sightline: stdout: cannot write: it is closed; redirect it to a file\n"


def test_a_closed_descriptor_is_nobody_elses() -> None:
    look = (
        "import os; from cli import app; app._hold_standard_descriptors(); os._exit(os.open(os.devnull, 0))"
    )
    for closed, first in ((">&-", 3), ("<&- >&- 2>&-", 3), ("", 3)):
        run = subprocess.run(
            ["/bin/sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, look], cwd=ROOT, check=False
        )
        assert run.returncode == first


def test_without_stderr_the_code_still_says_it() -> None:
    command = f'exec "{sys.executable}" -c "{PROGRAM}" missing 2>&-'
    run = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert run.returncode == 12


def test_a_home_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert ended("pairs", env={"HOME": str(tmp_path)})[0] == 0
    assert ended("pairs", env={"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"})[0] == 0


def test_an_interrupt_ends_with_130() -> None:
    with process("wait") as run:
        assert run.stderr is not None
        assert run.stderr.readline() == "sightline: waiting\n"
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (130, "sightline: interrupted\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_with_its_code_and_one_line(number: signal.Signals, code: int) -> None:
    with process("wait") as run:
        assert run.stderr is not None
        assert run.stderr.readline() == "sightline: waiting\n"
        run.send_signal(number)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (code, f"sightline: ended by {number.name}\n")


def test_what_nohup_started_outlives_its_terminal() -> None:
    with subprocess.Popen(
        ["nohup", sys.executable, "-c", PROGRAM, "wait"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stderr is not None
        while b"waiting" not in run.stderr.readline():
            pass
        run.send_signal(signal.SIGHUP)
        run.send_signal(signal.SIGTERM)
        _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (143, b"sightline: ended by SIGTERM\n")


def on_a_terminal(*words: str, columns: int, env: dict[str, str] | None = None) -> str:
    """What a terminal of that width receives."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.environ.update({"COLUMNS": str(columns), "TERM": "xterm-256color", **(env or {})})
        os.execv(sys.executable, [sys.executable, "-c", PROGRAM, *words])  # noqa: S606  there is no shell on purpose
    received = _read_all(terminal)
    os.waitpid(pid, 0)
    return received.decode().replace("\r\n", "\n")


def _read_all(terminal: int) -> bytes:
    chunks = []
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and select.select([terminal], [], [], 60)[0]:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the other end has closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(terminal)
    return b"".join(chunks)


@pytest.mark.parametrize("columns", [60, 200])
def test_a_table_fits_the_terminal(columns: int) -> None:
    lines = on_a_terminal("many", columns=columns, env={"NO_COLOR": "1"}).splitlines()
    assert len(lines) > 1000
    assert max(map(len, lines)) <= columns


def test_a_terminal_has_colors_unless_told_otherwise() -> None:
    assert "\x1b[" in on_a_terminal("pairs", columns=100)
    assert "\x1b[" not in on_a_terminal("pairs", columns=100, env={"NO_COLOR": "1"})
    assert "\x1b[" not in on_a_terminal("pairs", columns=100, env={"TERM": "dumb"})
    assert "\x1b[" not in on_a_terminal("pairs", "--format", "json", columns=100)


def test_bytes_are_not_written_to_a_terminal() -> None:
    text = on_a_terminal("exact", columns=200)
    assert text == (
        "sightline: exact bytes are not written to a terminal; redirect them to a file or a pipe\n"
    )


@pytest.mark.parametrize(
    "words", [("--help",), ("pairs", "T1528", "--format", "json"), ("pairs", "--release", "x")]
)
def test_nothing_slow_is_imported_for_the_edge(words: tuple[str, ...]) -> None:
    seen = PROGRAM.replace(
        "app.main()",
        "import sys\ncode = app.run(sys.argv[1:])\n"
        "print(sorted({'neo4j', 'pydantic', 'rich', 'requests', 'yaml'} & set(sys.modules)), file=sys.stderr)",
    )
    run = subprocess.run(
        [sys.executable, "-c", seen, *words], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    assert run.stderr == b"[]\n"
