"""A name and its text as lines, the text wrapped under itself."""

from cli.render.visible import columns_wide

NARROWEST_TEXT = 20
"""Columns that a text gets, however narrow the terminal is."""


def field_lines(name: str, text: str, label: int, width: int | None) -> list[str]:
    """Return the lines `name  text`, text wrapped to `width` under itself; line breaks in `text` are kept."""
    lead = name + " " * max(label - columns_wide(name), 0) + "  "
    room = max((width or 0) - label - 2, NARROWEST_TEXT) if width else None
    lines = [line for part in text.split("\n") for line in _wrap(part, room)] or [""]
    return [(lead if at == 0 else " " * (label + 2)) + line for at, line in enumerate(lines)]


def _wrap(text: str, room: int | None) -> list[str]:
    if room is None or columns_wide(text) <= room:
        return [text]
    from cli.render.terminal import wrapped_text

    return wrapped_text(text, room)
