"""The line of a value in TOML, which the parser does not tell."""

import time

import pytest

from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile
from loaders.reading.toml_text import TomlDocument, document

TEXT = """\
[metadata]
maturity = "production"

[rule]
risk = 5
index = ["logs-a-*",
  "logs-b-*"]
note = "T1059 in passing"
query = '''
from logs-a-*
| limit 1
'''

[[rule.threat]]
[[rule.threat.technique]]

id = "T1059.001"
[[rule.threat.technique]]

  id = 'T1059'
[[rule.threat.technique]]
id = "T\\u0031528"
"""


def read(text: str) -> TomlDocument:
    found = document(SourceFile("a.toml", text.encode(), sha256_hex(text.encode())))
    assert isinstance(found, TomlDocument)
    return found


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/metadata/maturity", 'maturity = "production"'),
        ("/rule/risk", "risk = 5"),
        ("/rule/index/0", 'index = ["logs-a-*",'),
        ("/rule/index/1", '  "logs-b-*"]'),
        ("/rule/query", "query = '''"),
        ("/rule/threat/0/technique/0/id", 'id = "T1059.001"'),
        ("/rule/threat/0/technique/1/id", "  id = 'T1059'"),
        ("/rule/threat/0/technique/2/id", 'id = "T1059.001"'),  # escaped: the first line of that key
        ("/rule/threat", "[[rule.threat]]"),
        ("/absent", "[metadata]"),
    ],
)
def test_a_value_is_at_the_line_that_has_its_text(pointer: str, line: str) -> None:
    assert read(TEXT).locate(pointer) == TEXT.splitlines().index(line) + 1


def test_a_long_line_of_brackets_takes_no_time() -> None:
    found = read("a = '''\n" + "[" * 500_000 + "\n'''\nid = \"\\u0041\"\n")
    begun = time.process_time()
    assert found.locate("/id") == 4
    assert time.process_time() - begun < 2
