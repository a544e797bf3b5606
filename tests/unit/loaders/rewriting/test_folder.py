"""A patch applied to a folder: all of its files or none, uncertain ones left and named."""

from pathlib import Path

import pytest

from graph.errors import InputRejectedError, LimitExceededError
from loaders.rewriting.folder import Left, replace, rewritten, told
from loaders.rewriting.patch import Entry

ID = "00000000-0000-4000-8000-00000000000{}"
PLACES = ("/tags",)


def rule(number: int, *tags: str) -> str:
    return f"id: {ID.format(number)}\ntags:\n" + "".join(f"  - {tag}\n" for tag in tags)


def entry(file: str, number: int, old: str = "attack.t1", new: str | None = "attack.t2") -> Entry:
    return Entry(file, 3, ID.format(number), old, new, "")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules" / "deep").mkdir(parents=True)
    (tmp_path / "rules" / "one.yml").write_text(rule(1, "attack.t1"))
    (tmp_path / "rules" / "deep" / "two.yml").write_text(rule(2, "attack.t1", "attack.t2"))
    (tmp_path / "rules" / "three.yml").write_text(rule(3, "attack.t9"))
    return tmp_path


ENTRIES = (
    entry("rules/one.yml", 1),
    entry("rules/deep/two.yml", 2, new=None),
    entry("rules/three.yml", 3),
    entry("rules/four.yml", 4),
)


@pytest.mark.parametrize("below", ["", "rules"])
def test_certain_files_change_and_the_others_are_named(rules: Path, below: str) -> None:
    (rules / "rules" / "one.yml").chmod(0o640)
    done, left = rewritten(rules / below, PLACES, ENTRIES)
    assert {each.file for each in done} == {"rules/one.yml", "rules/deep/two.yml"}
    assert left == [
        Left("rules/four.yml", "it is not in the folder"),
        Left("rules/three.yml", "the tag 'attack.t1' is not in it once"),
    ]
    assert (rules / "rules" / "one.yml").read_text() == rule(1, "attack.t1"), "nothing is written yet"
    replace(done)
    assert (rules / "rules" / "one.yml").read_text() == rule(1, "attack.t2")
    assert (rules / "rules" / "one.yml").stat().st_mode & 0o777 == 0o640
    assert (rules / "rules" / "deep" / "two.yml").read_text() == rule(2, "attack.t2")
    assert (rules / "rules" / "three.yml").read_text() == rule(3, "attack.t9")
    assert not list(rules.rglob(".sightline-*"))
    assert next(told(done, left)) == "2 tags in 2 files written"


def test_a_file_that_changed_meanwhile_keeps_all_as_they_are(rules: Path) -> None:
    done, _ = rewritten(rules, PLACES, ENTRIES)
    (rules / "rules" / "deep" / "two.yml").write_text("id: other\n")
    with pytest.raises(InputRejectedError, match="nothing was written"):
        replace(sorted(done, key=lambda each: each.file, reverse=True))
    assert (rules / "rules" / "one.yml").read_text() == rule(1, "attack.t1")
    assert not list(rules.rglob(".sightline-*"))


def test_where_one_cannot_be_written_none_is(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, _ = rewritten(rules, PLACES, ENTRIES)
    whole = Path.replace

    def refuses_the_second(path: Path, target: Path) -> Path:
        if target.name == "one.yml":
            raise PermissionError(13, "Permission denied", str(target))
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", refuses_the_second)
    with pytest.raises(LimitExceededError, match="nothing was written"):
        replace(done)
    assert (rules / "rules" / "deep" / "two.yml").read_text() == rule(2, "attack.t1", "attack.t2")
    assert not list(rules.rglob(".sightline-*"))


def test_no_file_outside_of_the_folder_is_touched(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text(rule(1, "attack.t1"))
    (rules / "rules" / "link.yml").symlink_to(tmp_path / "one.yml")
    _, left = rewritten(
        rules / "rules", PLACES, [entry("../one.yml", 1), entry("link.yml", 1), entry("/etc/passwd", 1)]
    )
    assert len(left) == 3
    with pytest.raises(InputRejectedError):
        rewritten(rules / "rules" / "one.yml", PLACES, ENTRIES)
