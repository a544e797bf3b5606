"""Reading within limits: what is taken, what is refused, and in which words."""

import gzip
import io
import os
import socket
import stat
import sys
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import InputRejectedError
from loaders.reading import one_file
from loaders.reading.one_file import Limits, SourceFile
from loaders.reading.problems import Problem
from loaders.reading.sources import read_file, read_tree

RULE = (".yml",)
NOISE = b"".join(sha256(bytes([number])).digest() for number in range(100))


def files(path: Path, limits: Limits = one_file.USUAL) -> list[SourceFile]:
    return [entry for entry in read_tree(str(path), RULE, limits) if isinstance(entry, SourceFile)]


def problems(path: Path, limits: Limits = one_file.USUAL) -> list[Problem]:
    return [entry for entry in read_tree(str(path), RULE, limits) if isinstance(entry, Problem)]


def zipped(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


class TestOneFile:
    def test_plain(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_bytes(b"{}")
        assert read_file(str(path)) == SourceFile(str(path), b"{}", sha256(b"{}").hexdigest())

    def test_gzip_has_the_hash_of_the_plain_file(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json.gz"
        path.write_bytes(gzip.compress(b"{}"))
        read = read_file(str(path))
        assert read.data == b"{}"
        assert read.sha256 == sha256(b"{}").hexdigest()

    def test_gzip_under_another_name_and_in_members(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_bytes(gzip.compress(b"[1,") + gzip.compress(b"2]"))
        assert read_file(str(path)).data == b"[1,2]"

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(b"{}"))))
        assert read_file("-").data == b"{}"

    def test_standard_input_over_the_limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 11)))
        with pytest.raises(
            InputRejectedError, match=r"^standard input: has more than 10 bytes; .*--max-bytes"
        ):
            read_file("-", Limits(file_bytes=10))

    def test_closed_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        with pytest.raises(InputRejectedError, match="standard input is closed"):
            read_file("-")

    def test_large_file_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        with path.open("wb") as sparse:
            sparse.truncate(1024**3)
        with pytest.raises(
            InputRejectedError, match="1,073,741,824 bytes, over the limit of 268,435,456; raise --max-b"
        ):
            read_file(str(path))

    def test_limit_can_be_raised(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_bytes(b"x" * 100)
        with pytest.raises(InputRejectedError):
            read_file(str(path), Limits.allowing(99))
        assert len(read_file(str(path), Limits.allowing(100)).data) == 100
        assert Limits.allowing(None) == Limits()

    def test_gzip_bomb(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json.gz"
        path.write_bytes(gzip.compress(bytes(64 * 1024**2)))
        with pytest.raises(InputRejectedError, match="more than 200 times its size"):
            read_file(str(path))

    def test_gzip_over_the_size(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json.gz"
        path.write_bytes(gzip.compress(NOISE[:3000] * 2))
        with pytest.raises(
            InputRejectedError, match="unpacks to more bytes, over the limit of 4,000; raise --max-bytes"
        ):
            read_file(str(path), Limits(file_bytes=4000))

    @pytest.mark.parametrize("cut", [3, 12, 40, -1, -8])
    def test_truncated_gzip(self, tmp_path: Path, cut: int) -> None:
        path = tmp_path / "a.json.gz"
        path.write_bytes(gzip.compress(NOISE[:100])[:cut])
        with pytest.raises(InputRejectedError, match="is damaged gzip"):
            read_file(str(path))

    def test_named_gz_and_not_gzip(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json.gz"
        path.write_bytes(b"<html>")
        with pytest.raises(InputRejectedError, match=r"is named \.gz and is not gzip"):
            read_file(str(path))

    @pytest.mark.parametrize(
        ("mode", "name", "words"),
        [
            ("w", "r.tar", "a tar archive"),
            ("w:gz", "r.tar.gz", "a tar archive"),
            ("w:xz", "r.tar.xz", "packed by xz"),
            ("w:bz2", "r.tar.bz2", "packed by bzip2"),
        ],
    )
    def test_other_archives_are_named(self, tmp_path: Path, mode: str, name: str, words: str) -> None:
        (tmp_path / "a.yml").write_text("title: x")
        with tarfile.open(tmp_path / name, mode) as archive:  # type: ignore[call-overload]  # a mode that is a value
            archive.add(tmp_path / "a.yml", "a.yml")
        told = rf"is {words}.*; unpack it, or give the \.zip"
        with pytest.raises(InputRejectedError, match=told):
            read_file(str(tmp_path / name))
        with pytest.raises(InputRejectedError, match=told):
            list(read_tree(str(tmp_path / name), (".yml",)))

    def test_zip_is_no_single_file(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", ("a.yml", b"a"))
        with pytest.raises(InputRejectedError, match="is a zip archive; unpack it"):
            read_file(str(path))

    @pytest.mark.parametrize("damage", ["append", "cut", "touch"])
    def test_changes_while_it_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
    ) -> None:
        path = tmp_path / "a.json"
        path.write_bytes(b"[" + b" " * 100 + b"]")
        bounded = one_file._bounded

        def meddle(stream: io.BufferedReader, allowed: int) -> bytes:
            if damage == "append":
                with path.open("ab") as file:
                    file.write(b"x")
            elif damage == "cut":
                os.truncate(path, 10)
            data = bounded(stream, allowed)
            if damage == "touch":
                os.utime(path, ns=(1, 1))
            return data

        monkeypatch.setattr(one_file, "_bounded", meddle)
        with pytest.raises(InputRejectedError, match="changed while it was read"):
            read_file(str(path))


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


class TestNotAFile:
    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (Path.mkdir, "is a folder"),
            (make_fifo, "is a pipe.*with - as the file name"),
            (make_socket, "is a socket"),
        ],
    )
    def test_made(self, tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
        make(tmp_path / "x")
        with pytest.raises(InputRejectedError, match=words):
            read_file(str(tmp_path / "x"))

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev/tty", "/dev/null"])
    def test_device(self, path: str) -> None:
        with pytest.raises(InputRejectedError, match=f"^{path}: is a device"):
            read_file(path)

    def test_turned_into_a_pipe_after_it_was_looked_at(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(tmp_path / "x")
        (tmp_path / "plain").write_bytes(b"")
        looked_at = (tmp_path / "plain").stat()
        monkeypatch.setattr(Path, "stat", lambda _path: looked_at)
        with pytest.raises(InputRejectedError, match="is a pipe"):
            read_file(str(tmp_path / "x"))

    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("none", "there is no such file"),
            ("a\0b", "NUL"),
            ("x" * 5000, "cannot be read"),
            ("f/x", "cannot be read"),
        ],
    )
    def test_absent(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, words: str) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "f").write_bytes(b"")
        with pytest.raises(InputRejectedError, match=words):
            read_file(path)

    def test_error_is_one_printable_line(self) -> None:
        with pytest.raises(InputRejectedError) as caught:
            read_file(os.fsdecode(b"\xff.json"))
        assert str(caught.value) == "\\xff.json: there is no such file; check the path"


class TestFolder:
    def test_sorted_with_the_others_left_out(self, tmp_path: Path) -> None:
        for name in ["b/a.yml", "b.yml", "a/z.YML", "a/readme.md", ".git/c.yml", "a/.hidden.yml"]:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(name.encode())
        assert [file.data for file in files(tmp_path)] == [b"a/z.YML", b"b/a.yml", b"b.yml"]
        assert problems(tmp_path) == []

    def test_single_file_whatever_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "rule.txt").write_bytes(b"title: x")
        assert [file.data for file in files(tmp_path / "rule.txt")] == [b"title: x"]

    def test_ten_thousand_with_one_bad(self, tmp_path: Path) -> None:
        for number in range(10_000):
            (tmp_path / f"{number:05}.yml").write_bytes(b"x")
        (tmp_path / "00500.yml").unlink()
        os.mkfifo(tmp_path / "00500.yml")
        assert len(files(tmp_path)) == 9_999
        (problem,) = problems(tmp_path)
        assert (problem.code, problem.path) == ("not-a-file", str(tmp_path / "00500.yml"))

    def test_links(self, tmp_path: Path) -> None:
        root = tmp_path / "rules"
        (root / "deep").mkdir(parents=True)
        (tmp_path / "secret.yml").write_bytes(b"secret")
        (root / "deep" / "a.yml").write_bytes(b"a")
        (root / "in.yml").symlink_to("deep/a.yml")
        (root / "out.yml").symlink_to("../secret.yml")
        (root / "nowhere.yml").symlink_to("deep/none.yml")
        (root / "self.yml").symlink_to("self.yml")
        (root / "up").symlink_to("..")
        assert [file.data for file in files(root)] == [b"a", b"a"]
        assert {(Path(problem.path).name, problem.code) for problem in problems(root)} == {
            ("out.yml", "link"),
            ("nowhere.yml", "not-found"),
            ("self.yml", "unreadable"),
            ("up", "link"),
        }

    def test_folder_that_is_itself_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "a.yml").write_bytes(b"a")
        (tmp_path / "link").symlink_to("real")
        assert [file.path for file in files(tmp_path / "link")] == [str(tmp_path / "link" / "a.yml")]

    def test_too_large_one_does_not_stop_the_others(self, tmp_path: Path) -> None:
        (tmp_path / "a.yml").write_bytes(b"x" * 11)
        (tmp_path / "b.yml").write_bytes(b"y")
        assert [file.data for file in files(tmp_path, Limits(file_bytes=10))] == [b"y"]
        assert [problem.code for problem in problems(tmp_path, Limits(file_bytes=10))] == ["too-large"]

    def test_too_many_entries(self, tmp_path: Path) -> None:
        for number in range(6):
            (tmp_path / f"{number}.txt").write_bytes(b"x")
        with pytest.raises(InputRejectedError, match="more than 5 entries"):
            files(tmp_path, Limits(entries=5))

    def test_too_many_bytes(self, tmp_path: Path) -> None:
        for number in range(6):
            (tmp_path / f"{number}.yml").write_bytes(b"x" * 10)
        with pytest.raises(InputRejectedError, match=r"more than 50 bytes.*--max-bytes"):
            files(tmp_path, Limits(total_bytes=50))

    def test_nothing_of_the_kind(self, tmp_path: Path) -> None:
        with pytest.raises(InputRejectedError, match=r"has no file that ends in \.yml"):
            files(tmp_path)

    def test_deeper_than_the_stack_of_python(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        folders = ["/".join(["d"] * depth) for depth in range(1, 1500)]
        for folder in folders:
            Path(folder).mkdir()
        Path(folders[-1], "a.yml").write_bytes(b"deep")
        try:
            assert [file.data for file in files(Path("d"))] == [b"deep"]
        finally:  # pytest's own removal recurses
            Path(folders[-1], "a.yml").unlink()
            os.removedirs(folders[-1])

    def test_name_that_is_not_text(self, tmp_path: Path) -> None:
        (tmp_path / os.fsdecode(b"\xff.yml")).write_bytes(b"a")
        (file,) = files(tmp_path)
        assert file.path == f"{tmp_path}/\\xff.yml"


def link_entry(kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("x.yml")
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    return entry


class TestArchive:
    def test_entries(self, tmp_path: Path) -> None:
        path = zipped(
            tmp_path / "r.zip", ("b/x.yml", b"2"), ("a.yml", b"1"), ("n.md", b""), ("__M/._a.yml", b"")
        )
        digest = sha256(path.read_bytes()).hexdigest()
        assert files(path) == [
            SourceFile(f"{path}!a.yml", b"1", digest),
            SourceFile(f"{path}!b/x.yml", b"2", digest),
        ]

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("../x.yml", "unsafe-name"),
            ("a/../../x.yml", "unsafe-name"),
            ("/etc/x.yml", "unsafe-name"),
            ("C:/x.yml", "unsafe-name"),
            ("..\\x.yml", "unsafe-name"),
            ("\\\\host\\share\\x.yml", "unsafe-name"),
            (link_entry(stat.S_IFLNK), "not-a-file"),
            (link_entry(stat.S_IFCHR), "not-a-file"),
            (link_entry(stat.S_IFIFO), "not-a-file"),
        ],
    )
    def test_hostile_entry(self, tmp_path: Path, name: str | zipfile.ZipInfo, code: str) -> None:
        path = zipped(tmp_path / "r.zip", ("good.yml", b"1"), (name, b"2"))
        assert [file.data for file in files(path)] == [b"1"]
        assert [problem.code for problem in problems(path)] == [code]

    def test_same_name_twice(self, tmp_path: Path) -> None:
        with pytest.warns(UserWarning, match="Duplicate name"):
            path = zipped(tmp_path / "r.zip", ("a.yml", b"1"), ("a.yml", b"2"))
        assert [file.data for file in files(path)] == [b"1"]
        assert [problem.code for problem in problems(path)] == ["duplicate-name"]

    def test_encrypted_entry(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "r.zip", ("a.yml", b"1"))
        data = bytearray(path.read_bytes())
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + flags] |= 1
        path.write_bytes(data)
        assert [problem.code for problem in problems(path)] == ["encrypted"]

    def test_damaged_entry(self, tmp_path: Path) -> None:
        path = tmp_path / "r.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.yml", b"first")
            archive.writestr("b.yml", b"second")
        path.write_bytes(path.read_bytes().replace(b"first", b"fIrst"))
        assert [file.data for file in files(path)] == [b"second"]
        assert [problem.code for problem in problems(path)] == ["damaged"]

    def test_bomb_beside_a_good_entry(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "r.zip", ("a.yml", b"1"), ("bomb.yml", bytes(64 * 1024**2)))
        assert [file.data for file in files(path)] == [b"1"]
        assert [problem.code for problem in problems(path)] == ["too-large"]

    def test_overlapping_entries_are_bounded_together(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "r.zip", *((f"{number}.yml", b"x" * 1000) for number in range(20)))
        with pytest.raises(InputRejectedError, match="over the limit of 10,000"):
            files(path, Limits(total_bytes=10_000))

    def test_the_total_that_it_states_is_refused_before_an_entry_is_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = zipped(tmp_path / "r.zip", *((f"{number}.yml", bytes(900_000)) for number in range(40)))
        monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("an entry was read"))
        with pytest.raises(InputRejectedError, match=r"unpacks to 36,000,000 bytes, over the limit of 1,000"):
            list(read_tree(str(path), (".yml",), Limits(total_bytes=1000)))
        with pytest.raises(InputRejectedError, match="200 times its size, as only a bomb does"):
            list(read_tree(str(path), (".yml",)))

    def test_a_million_entries_are_refused_before_they_are_listed(self, tmp_path: Path) -> None:
        path = tmp_path / "r.zip"
        path.write_bytes(b"PK\x05\x06" + (b"PK\x01\x02" + bytes(42)) * 1_000_000)
        with pytest.raises(InputRejectedError, match="more than 100,000 entries"):
            files(path)

    @pytest.mark.parametrize("cut", [4, 30, 60, -1, -10])
    def test_cut_archive(self, tmp_path: Path, cut: int) -> None:
        path = zipped(tmp_path / "r.zip", ("a.yml", b"1"))
        path.write_bytes(path.read_bytes()[:cut])
        with pytest.raises(InputRejectedError, match="is a damaged zip archive"):
            files(path)

    def test_archive_in_standard_input(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = zipped(tmp_path / "r.zip", ("a.yml", b"1"))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        (file,) = read_tree("-", RULE)
        assert isinstance(file, SourceFile)
        assert (file.path, file.data) == ("-!a.yml", b"1")

    def test_empty_archive(self, tmp_path: Path) -> None:
        with pytest.raises(InputRejectedError, match="has no file"):
            files(zipped(tmp_path / "r.zip"))


names = st.text("ab", min_size=1, max_size=3)
trees = st.dictionaries(
    st.lists(names, min_size=1, max_size=3).map(tuple),
    st.binary(max_size=20).filter(lambda data: data[:2] != b"\x1f\x8b"),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40)
@given(trees)
def test_folder_and_archive_of_the_same_files_read_the_same(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[tuple[str, ...], bytes]
) -> None:
    base = tmp_path_factory.mktemp("tree")
    root = base / "files"
    with zipfile.ZipFile(base / "r.zip", "w") as archive:
        for parts, data in tree.items():
            path = root.joinpath(*parts).with_suffix(".yml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            archive.writestr(str(path.relative_to(root)), data)
    from_folder = [(os.path.relpath(file.path, root), file.data) for file in files(root)]
    from_archive = [(file.path.partition("!")[2], file.data) for file in files(base / "r.zip")]
    assert from_folder == from_archive
    assert len(from_folder) == len(tree)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_files_or_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "x.zip"
    path.write_bytes(b"PK\x03\x04" + data)
    with pytest.raises(InputRejectedError) as caught:
        files(path)
    assert "\n" not in str(caught.value)


def test_an_empty_name_is_told_as_one() -> None:
    said = "the name of the file is empty; name a file"
    with pytest.raises(InputRejectedError, match=said):
        read_file("")
    with pytest.raises(InputRejectedError, match=said):
        list(read_tree("", (".yml",)))
