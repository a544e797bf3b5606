"""Documentation fails the tests when it lies."""

from docs.generate import pages


def test_generated_pages_are_up_to_date() -> None:
    stale = [path.name for path, text in pages() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `make docs`"
