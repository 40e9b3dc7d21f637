"""The fold: what is set aside for comparison, what never is, and the way back."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from vetting_engine.text import _generate, _generated_fold, _generated_words
from vetting_engine.text.fold import fold, folded

pinned = pytest.mark.skipif(
    unicodedata.unidata_version != _generate.PINNED, reason="this Python has another Unicode version"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café ÉCOLE ﬁn Straße", "cafe ecole fin strasse"),
        ("ＦＵＬＬ 𝓶𝓪𝓽𝓱 🅰", "full math a"),
        ("k\u200bi\u202ell\ufe0f", "kill"),
        ("الْعَرَبِيَّةُ أإآى", "العربيه اااي"),
        ("کتـــاب یک", "كتاب يك"),
        ("ሐበሻ ሠላም ዓለም ፀሐይ", "ሀበሻ ሰላም አለም ጸሀይ"),
        ("ёлка", "елка"),
        ("шалом שָׁלוֹם", "шалом שלום"),
        ("١٢٣ ۱۲۳ १२३", "123 123 123"),
        ("“so” «was» it’s", '"so" "was" it\'s'),
        ("İstanbul ılık", "istanbul ilik"),
        ("\ud800x", "\ufffdx"),
        ("\u0301\u0302", ""),
    ],
)
def test_is_compared_as(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("text", ["ကုလားထိုင်", "हिन्दी", "ไทย", "ភាសា", "ދިވެހި"])
def test_vowel_signs_are_kept(text: str) -> None:
    assert fold(text) == text


def test_burmese_marks_have_one_order() -> None:
    assert fold("\u1014\u103a\u1037") == fold("\u1014\u1037\u103a")


def test_ascii_and_other_texts_fold_alike() -> None:
    plain = "".join(map(chr, range(128)))
    assert fold(plain) == fold(plain + "é")[:-1]


@pytest.mark.parametrize(
    ("text", "start", "end", "excerpt"),
    [
        ("ﬁn", 0, 1, "ﬁ"),
        ("cafe\u0301!", 3, 4, "e\u0301"),
        ("a\u200bb\u200b", 1, 2, "b"),
        ("xﷺy", 1, 5, "ﷺ"),
        ("Straße 5", 4, 6, "ß"),
        ("plain", 1, 3, "la"),
    ],
)
def test_spans_lead_back(text: str, start: int, end: int, excerpt: str) -> None:
    low, high = folded(text).span(start, end)
    assert text[low:high] == excerpt


def test_empty_span_stays_empty() -> None:
    low, high = folded("éa").span(1, 1)
    assert low == high


def test_long_text_is_folded_whole() -> None:
    assert fold("é" * 3_000_000) == "e" * 3_000_000


@pinned
def test_tables_are_what_the_generator_writes() -> None:
    folder = sys.modules[_generated_fold.__name__].__file__
    assert folder is not None
    with open(folder, encoding="utf-8") as file:  # noqa: PTH123  # the module's own file
        assert file.read() == _generate.render_fold()
    words = sys.modules[_generated_words.__name__].__file__
    assert words is not None
    with open(words, encoding="utf-8") as file:  # noqa: PTH123
        assert file.read() == _generate.render_words()


@pinned
def test_every_assigned_character_folds_once_and_alike_in_every_canonical_form() -> None:
    for code in (code for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000):
        char = chr(code)
        plain = fold(char)
        assert fold(plain) == plain, hex(code)
        for form in ("NFC", "NFD"):
            assert fold(unicodedata.normalize(form, char)) == plain, hex(code)
