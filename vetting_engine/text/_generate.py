"""Writes the committed Unicode tables. Run by hand when the pinned version changes; never at run time.

Run with Python 3.11, whose ``unicodedata`` is Unicode 14.0, and Perl 5.36, whose ``Unicode::UCD`` is too
(Python has no script property)::

    python -m vetting_engine.text._generate

``unicodedata`` and ``casefold`` are allowed here and nowhere else in this room: their answers change with
the Python version, the committed tables do not.
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["PINNED", "capital_kind", "fold_table", "mark_kind", "ranges", "render", "symbol_kind", "word_kind"]

#: The one Unicode version of all text tables.
PINNED = "14.0.0"
_LIMIT = 0x110000
_SURROGATES = range(0xD800, 0xE000)
_HANGUL = range(0xAC00, 0xD7A4)  # decomposed by arithmetic where the table is read
_WIDTH = 108

#: Marks that are dropped for comparison. Vowel signs of Indic, Burmese, Khmer, Thai, Lao, Tibetan and Thaana
#: are not here: without them other words come out.
_DROPPED_MARKS = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic accents
    (0x0483, 0x0489),  # Cyrillic numeric and titlo marks
    (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7),  # Hebrew points
    (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4),
    (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x08D3, 0x08E1), (0x08E3, 0x08FF),  # Arabic harakat and Quranic signs
    (0x0711, 0x0711), (0x0730, 0x074A),  # Syriac
    (0x093C, 0x093C), (0x09BC, 0x09BC), (0x0A3C, 0x0A3C), (0x0ABC, 0x0ABC), (0x0B3C, 0x0B3C), (0x0CBC, 0x0CBC),  # nukta
    (0x135D, 0x135F),  # Ethiopic gemination
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20F0), (0xFE20, 0xFE2F),  # combining blocks for any script
)  # fmt: skip

#: Ignorable characters that are not in category Cf.
_IGNORED = (
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
)  # fmt: skip

#: Letters that no decomposition brings to the letter people type in its place; quotes, dashes, spaces.
_ALSO = {
    "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
    "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɣ": "g", "ĸ": "k",
    "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k",
    "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ꞯ": "q", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v",
    "ᴡ": "w", "ʏ": "y", "ᴢ": "z",
    "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "ˈ": "'", "`": "'", "´": "'",
    "′": "'", "‚": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "〝": '"', "〞": '"', "「": '"', "」": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "⁃": "-",
    "\u1680": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    "ـ": "",  # Arabic tatweel
    "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك", "ګ": "گ",
    "\u0901": "\u0902",  # Devanagari: the two nasal signs are written for each other
    "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۃ": "ه", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
}  # fmt: skip

#: Ethiopic series that sound alike in Amharic, and two that Tigrinya writes for each other (ቐ, ቀ): first letter of the
#: eight-letter row → row it is written as.
_ETHIOPIC_ROWS = {
    0x1210: 0x1200, 0x1280: 0x1200, 0x12B8: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338,
    0x1250: 0x1240, 0x1258: 0x1248,
}  # fmt: skip
#: In the h and vowel-carrier rows the first and the fourth order sound alike.
_ETHIOPIC_FOURTH = {0x1203: 0x1200, 0x12A3: 0x12A0}


#: The eighth form of a row has no homophone.
_LAST_ORDER = 7


def _within(code: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in spans)


def _ethiopic(code: int) -> int:
    row, order = code & ~7, code & 7
    if row in _ETHIOPIC_ROWS and order != _LAST_ORDER:
        code = _ETHIOPIC_ROWS[row] + order
    return _ETHIOPIC_FOURTH.get(code, code)


def _leaf(char: str) -> str:
    """One fully decomposed, case-folded character as it is compared."""
    code = ord(char)
    if char in _ALSO:
        return _ALSO[char]
    if unicodedata.category(char) == "Cf" or _within(code, _DROPPED_MARKS) or _within(code, _IGNORED):
        return ""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(char) == "Zs":
        return " "
    return chr(_ethiopic(code))


def _enclosed_letter(code: int) -> str | None:
    """Letters in brackets are decomposed with these, negative circled and squared ones not at all: read as letters."""
    for first in (0x249C, 0x1F110, 0x1F150, 0x1F170):
        if first <= code < first + 26:
            return chr(ord("a") + code - first)
    return None


def _folded(code: int) -> str:
    char = chr(code)
    if code in _SURROGATES:
        return "\ufffd"  # the matcher works on UTF-8, which has no lone surrogates
    enclosed = _enclosed_letter(code)
    if enclosed is not None:
        return enclosed
    canonical = unicodedata.normalize("NFD", char)
    if canonical in _ALSO:
        return _ALSO[canonical]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(_leaf(part) for part in decomposed)


def fold_table() -> dict[int, str]:
    """Every code point whose comparison form differs from itself, Hangul syllables apart."""
    table = {}
    for code in range(_LIMIT):
        if code in _HANGUL:
            continue
        folded = _folded(code)
        if folded != chr(code):
            table[code] = folded
    return table


def word_kind(code: int) -> str:
    """``w`` for what words are made of: letters, marks, numbers; ``-`` otherwise."""
    return "w" if unicodedata.category(chr(code))[0] in "LM" or unicodedata.category(chr(code)) == "Nd" else "-"


def mark_kind(code: int) -> str:
    """``m`` for marks that the fold keeps: vowel signs and the like, which make one unit with the letter before."""
    return "m" if unicodedata.category(chr(code))[0] == "M" and _folded(code) else "-"


def symbol_kind(code: int) -> str:
    """``s`` for symbols, emoji among them; no punctuation is one."""
    return "s" if unicodedata.category(chr(code))[0] == "S" and chr(code) not in _ALSO else "-"


def capital_kind(code: int) -> str:
    """``u`` for capital letters."""
    return "u" if unicodedata.category(chr(code)) in {"Lu", "Lt"} else "-"


def ranges(kind: Callable[[int], str], default: str) -> Iterator[tuple[int, int, str]]:
    """Runs of code points of one kind, ``default`` left out."""
    start, current = 0, kind(0)
    for code in range(1, _LIMIT + 1):
        value = kind(code) if code < _LIMIT else ""
        if value != current:
            if current != default:
                yield start, code - 1, current
            start, current = code, value


_PERL = r"""
use Unicode::UCD qw(prop_invmap prop_value_aliases);
Unicode::UCD::UnicodeVersion() eq "14.0.0" or die "Perl has another Unicode version";
my ($starts, $values) = prop_invmap("Script");
for my $i (0 .. $#$starts) {
  my ($short) = prop_value_aliases("Script", $values->[$i]);
  printf "%d %s\n", $starts->[$i], $short;
}
"""


def _script_ranges() -> Iterator[tuple[int, int, str]]:
    listed = subprocess.run(["perl", "-e", _PERL], check=True, capture_output=True, text=True).stdout  # noqa: S603,S607
    rows = [(int(start), short) for start, short in (line.split() for line in listed.splitlines())]
    ends = [start for start, _ in rows[1:]] + [_LIMIT]
    for (start, short), end in zip(rows, ends, strict=True):
        if short != "Zzzz":
            yield start, end - 1, short


def _literal(name: str, about: str, items: list[str]) -> str:
    lines, line = [], ""
    for item in items:
        if len(line) + len(item) + 1 > _WIDTH:
            lines.append(line)
            line = ""
        line += (" " if line else "") + item
    body = "\n".join([*lines, line])
    return f'#: {about}\n{name} = """\\\n{body}"""\n'


def render(about: str, literals: list[str]) -> str:
    """The text of one generated module."""
    head = f'"""{about} Generated by ``_generate.py`` from Unicode {PINNED}; not edited by hand."""\n\n'
    return head + f"__all__: list[str] = []\n\nUNICODE = {PINNED!r}\n\n" + "\n".join(literals)


def render_fold() -> str:
    """The module ``_generated_fold.py``."""
    items = [f"{code:x}:{'+'.join(f'{ord(part):x}' for part in to)}" for code, to in sorted(fold_table().items())]
    return render("What each code point is compared as.", [_literal("FOLD", "code:to+to in hexadecimal", items)])


def render_words() -> str:
    """The module ``_generated_words.py``."""
    items = [f"{low:x}-{high:x}" for low, high, _ in ranges(word_kind, "-")]
    marks = [f"{low:x}-{high:x}" for low, high, _ in ranges(mark_kind, "-")]
    about = "first-last in hexadecimal"
    capitals = [f"{low:x}-{high:x}" for low, high, _ in ranges(capital_kind, "-")]
    symbols = [f"{low:x}-{high:x}" for low, high, _ in ranges(symbol_kind, "-")]
    literals = [
        _literal("WORD", about, items),
        _literal("MARK", f"{about}: marks that the fold keeps", marks),
        _literal("CAPITAL", f"{about}: capital letters", capitals),
        _literal("SYMBOL", f"{about}: symbols, emoji among them", symbols),
    ]
    return render("What words are made of.", literals)


def render_scripts() -> str:
    """The module ``_generated_scripts.py`` (needs Perl)."""
    items = [f"{low:x}-{high:x}:{short}" for low, high, short in _script_ranges()]
    return render("The script of each code point.", [_literal("SCRIPT", "first-last:ISO 15924", items)])


def main() -> None:
    """Write the three modules beside this one."""
    if unicodedata.unidata_version != PINNED:
        sys.exit(f"this Python has Unicode {unicodedata.unidata_version}; the tables are pinned to {PINNED}")
    folder = Path(__file__).parent
    for name, text in (("fold", render_fold()), ("words", render_words()), ("scripts", render_scripts())):
        (folder / f"_generated_{name}.py").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
