"""What a load is doing, told to whoever shows it."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Called with a phase (reading, sending, settling, committing), and how much of it is done of how much; else 0, 0."""


def silent(phase: str, done: int, total: int) -> None:
    """Tell nobody."""
    del phase, done, total
