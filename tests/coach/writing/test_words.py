"""Words of others as a model may have them, whatever they were."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homestretch.coach.writing.words import NAME, NOTE, plain_words


@example("0" * 100, NAME)
@given(st.text(max_size=600), st.sampled_from([NAME, NOTE]))
def test_nothing_but_plain_words(text: str, most: int) -> None:
    words = plain_words(text, most)
    if words is None:
        return
    assert 0 < len(words) <= most
    assert not {unicodedata.category(sign) for sign in words} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert "{" not in words and "}" not in words and "\n" not in words
    assert unicodedata.normalize("NFKC", words) == words
    assert plain_words(words, most) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Easy run", "Easy run"), ("  Easy\n\trun ", "Easy run"),
        ("\u202etfel", "tfel"), ("zero\u200bwidth", "zerowidth"),
        ("{m:load}", "(m:load)"), ("{{x}}", "((x))"), ("ﬁt", "fit"), ("a\U000e0041b", "ab"), ("\x00", None), ("", None),
        (None, None), ("\ufe5b", "("),
    ],
)  # fmt: skip
def test_by_hand(text: str | None, words: str | None) -> None:
    assert plain_words(text) == words
