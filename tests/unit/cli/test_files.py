"""Files that commands write: whole, or refused with a reason."""

from pathlib import Path

import pytest

from cli.files import put
from graph.errors import UsageError


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_what_names_no_file_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is not the name of a file"):
        put(Path(name), b"x")


def test_a_file_is_written_whole_over_another(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("before")
    assert put(path, b"after") == path
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert path.read_text() == "after"
