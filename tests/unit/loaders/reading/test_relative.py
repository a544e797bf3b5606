"""Names of files that are the same on every machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.reading.relative import base_name, inside


@pytest.mark.parametrize(
    ("source", "file", "where"),
    [
        ("/srv/mine/rules", "/srv/mine/rules/windows/a.yml", "windows/a.yml"),
        ("rules/", "rules/windows/a.yml", "windows/a.yml"),
        (".", "./a.yml", "a.yml"),
        ("/srv/mine/rules.zip", "/srv/mine/rules.zip!windows/a.yml", "windows/a.yml"),
        ("/srv/mine/a.yml", "/srv/mine/a.yml", "a.yml"),
        ("-", "-", "-"),
    ],
)
def test_a_file_is_named_below_its_source(source: str, file: str, where: str) -> None:
    assert inside(source, file) == where


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/mine/rules.zip", "rules.zip"),
        ("/srv/mine/rules/", "rules"),
        ("/srv/mine/rules.zip!aws/a.json", "rules.zip!aws/a.json"),
        ("-", "-"),
        (".", "."),
    ],
)
def test_a_source_is_named_without_its_folder(path: str, name: str) -> None:
    assert base_name(path) == name


names = st.text("ab.-_ !", min_size=1, max_size=8).filter(lambda name: name.strip(".! ") == name)


@given(st.lists(names, max_size=3), st.lists(names, max_size=3), names, names)
def test_a_name_does_not_tell_where_its_source_lay(
    here: list[str], there: list[str], source: str, name: str
) -> None:
    at = ["/".join(("", *folders, source)) for folders in (here, there)]
    assert inside(at[0], f"{at[0]}/{name}") == inside(at[1], f"{at[1]}/{name}") == name
