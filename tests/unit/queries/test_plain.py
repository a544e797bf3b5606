"""Whatever a person types is words to Lucene, except a phrase and a mark at the end of a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.questions.lookup.plain import lucene

READ_BY_LUCENE = re.compile(r'(?:"(?:[^"\\]|\\.)+"|(?:[^-+!(){}\[\]^"~*?:\\/&|\s]|\\.)+[*~]?)', re.DOTALL)
"""A phrase or a term of Lucene's classic query parser, without any of its operators."""


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("steal access token", "steal access token"),
        ("azure:signinlogs", r"azure\:signinlogs"),
        ("T1059/001", r"T1059\/001"),
        ("foo(", r"foo\("),
        ('"access token" cloud', '"access token" cloud'),
        ('"foo(bar"', r'"foo\(bar"'),
        ('never "closed', "never closed"),
        ("Power* AWS:Cloud* mimikats~", r"Power* AWS\:Cloud* mimikats~"),
        ("* ~ **", r"\* \~ \*\*"),
        ("this AND NOT that", "this and not that"),
        (r"C:\Windows", r"C\:\\Windows"),
        ('"" ""', ""),
    ],
)
def test_words_are_words(text: str, query: str) -> None:
    assert lucene(text) == query


@given(st.text(st.one_of(st.characters(), st.sampled_from(r' "*~\+-&|!(){}[]^?:/aANDORT')), max_size=30))
def test_no_text_is_an_operator(text: str) -> None:
    query = lucene(text)
    rest = READ_BY_LUCENE.sub("", query)
    assert rest.strip() == "", query
    assert not {"AND", "OR", "NOT"} & set(re.findall(r"\S+", re.sub(r'"[^"]*"', "", query)))
