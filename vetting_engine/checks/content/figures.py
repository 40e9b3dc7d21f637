"""Figures of a text: sums of money and their growth, telephone numbers, percentages, links, handles, plain numbers.

They mean nothing alone and are looked for only where terms were found: an offer has a price and a number to call
in every language, written alike. Patterns are linear: every repetition is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from vetting_engine.checks.content.documents import Term
from vetting_engine.checks.content.kinds import Strength, TermKind

__all__ = ["FIGURES", "figures_in", "growth_in", "kinds_in_word"]

_CODES: Final = (
    "usd|eur|gbp|cad|aud|kes|ksh|kshs|ugx|tzs|tsh|etb|ern|sos|sdg|ssp|cdf|rwf|bif|xaf|xof|fcfa|cfa|ngn|egp|lyd|tnd|dzd|"
    "mad|lbp|syp|iqd|jod|afn|pkr|inr|rs|bdt|mmk|thb|myr|uah|rub|try|sar|aed|qar|kwd|mru|zar|mzn|mwk|zmw|cop|ves|pen|brl|"
    "mxn|usdt|btc"
)
_SIGNS: Final = "$€£¥₦₹₽₴₺₱৳﷼฿₵₡₲₪₫₭₮₩"
_GROUPED: Final = r"[0-9]{1,3}(?:[ .,'][0-9]{3}){1,3}"
_NUMBER: Final = rf"(?:{_GROUPED}|[0-9]{{1,9}}(?:[.,][0-9]{{1,2}})?)(?: ?k)?"

#: Endings by which a bare address ("refugee-grant.online") is told from a sentence without a space after its point.
_DOMAINS: Final = "com|org|net|info|biz|xyz|site|online|website|top|shop|store|club|link|live|app|click|example"

#: What each figure looks like in a folded text (digits of all scripts are folded to 0-9); at one place the first wins.
_PATTERNS: Final[dict[TermKind, tuple[str, ...]]] = {
    TermKind.LINK: (
        r"https?://[^\s]{3,300}",
        r"www\.[^\s]{3,300}",
        r"(?<![a-z0-9])(?:bit\.ly|t\.me|wa\.me|cutt\.ly)/[^\s]{1,80}",
        rf"(?<![a-z0-9@._-])[a-z0-9-]{{3,60}}\.(?:{_DOMAINS})(?![a-z0-9-])(?:/[^\s]{{0,200}})?",
    ),
    TermKind.HANDLE: (r"(?<![a-z0-9@._])@[a-z0-9_][a-z0-9_.]{1,40}",),
    TermKind.PERCENT: (r"(?<![0-9])[0-9]{1,3}(?:[.,][0-9])? ?[%\u066a]", r"[%\u066a] ?[0-9]{1,3}(?![0-9])"),
    TermKind.AMOUNT: (
        rf"[{_SIGNS}] ?{_NUMBER}(?![0-9])",
        rf"(?<![0-9a-z]){_NUMBER} ?(?:[{_SIGNS}]|(?:{_CODES})(?![a-z]))",
        rf"(?<![a-z])(?:{_CODES})\.? ?{_NUMBER}",
        r"(?<![0-9a-z])[0-9]{1,4}k(?![a-z0-9])",
    ),
    TermKind.PHONE: (
        r"(?<![a-z0-9+-])(?:\+|00|0)[0-9](?:[ .()/-]{0,2}[0-9*x]){6,13}(?![0-9])",
        # Without a nought before it a number to call is told by its groups (84 555 0192, 70 55 01 88, 900 000-11-22):
        # sums are grouped by thousands, dates and scores otherwise; or by its length.
        r"(?<![a-z0-9+,.-])[1-9][0-9]{1,2} [0-9]{3}[ -][0-9]{4}(?![0-9])",
        r"(?<![a-z0-9+,.-])[1-9][0-9]{1,2} [0-9]{2,3}(?: [0-9]{2}){2,3}(?![0-9])",
        r"(?<![a-z0-9+,.-])[1-9][0-9]{2} [0-9]{3}-[0-9]{2}-[0-9]{2}(?![0-9])",
        r"(?<![a-z0-9+,.-])[1-9][0-9]{8,11}(?![a-z0-9])",
    ),
    TermKind.NUMBER: (rf"(?<![0-9a-z]){_GROUPED}(?![0-9a-z])", r"(?<![0-9a-z])[0-9]{1,7}(?![0-9a-z])"),
}
_ANY: Final = re.compile("|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in _PATTERNS.items()))
#: Every figure has a digit, an at sign or a slash, or a point inside a word: most texts have no more than full stops.
_TOLD_BY: Final = re.compile(r"[0-9@/]|\.[^\s]")
_DIGITS: Final = re.compile(r"[0-9]+")
_ADDRESS: Final = re.compile("|".join(_PATTERNS[TermKind.LINK]))
#: What stands in a word, between white space, of a text that has such a figure: links and handles are in one word, the
#: others may reach over several.
_IN_A_WORD: Final[Mapping[TermKind, Callable[[str], object]]] = {
    TermKind.LINK: lambda word: ("." in word or "/" in word) and _ADDRESS.search(word),
    TermKind.HANDLE: re.compile("@[a-z0-9_]").search,
    TermKind.PERCENT: re.compile("[%\u066a]").search,
    TermKind.AMOUNT: re.compile(rf"[{_SIGNS}]|(?<![a-z])k?(?:{_CODES})(?![a-z])|[0-9]k(?![a-z0-9])").search,
    TermKind.PHONE: re.compile(r"[+0][0-9]|(?<![0-9])[1-9][0-9]{1,2}(?![0-9])|[0-9]{9}").search,
    TermKind.NUMBER: _DIGITS.search,
    TermKind.GROWTH: _DIGITS.search,
}
#: The "terms" that figures are reported as; their ids are stable, since records name them.
FIGURES: Final = {
    kind: Term(id=f"figure-{kind}", kind=kind, texts=(str(kind),), strength=Strength.WEAK)
    for kind in (*_PATTERNS, TermKind.GROWTH)
}
#: A sum grows where another follows it within so many characters that is at least so many times as large, and at most:
#: "put in 200, take out 2,000". Smaller sums are hours, children and doses; larger leaps are no promise.
_NEAR_SUM: Final = 80
_LEAST_SUM: Final = 20
_LEAST_TIMES, _MOST_TIMES = 2, 200
#: "Between 5,000 and 12,000": what joins the ends of a range, which is no growth; "from 100 to 1,000" may be either.
_JOINS: Final = frozenset({
    "and", "y", "e", "et", "и", "і", "й", "та", "و", "او", "اور", "aur", "और", "iyo", "na", "fi", "እና", "ን",
    "-", "–", "—",
})  # fmt: skip
_CENTS: Final = re.compile(r"[.,][0-9]{1,2}(?![0-9])")


def figures_in(text: str) -> Iterator[tuple[int, int, Term]]:
    """Folded ``[start, end)`` and the figure there, in order of place, never two over one place. Linear."""
    if _TOLD_BY.search(text) is None:
        return
    for match in _ANY.finditer(text):
        yield match.start(), match.end(), FIGURES[TermKind(str(match.lastgroup))]


def kinds_in_word(word: str) -> Iterator[TermKind]:
    """The kinds of figures that a text may have in which this folded word stands between white space: all that it has,
    and possibly more.
    """
    return (kind for kind, sees in _IN_A_WORD.items() if sees(word))


def growth_in(text: str, figures: Iterable[tuple[int, int, Term]]) -> Iterator[tuple[int, int, Term]]:
    """From a sum to the one after it, where that is many times as large. ``figures``: those of the text, in order."""
    before: tuple[int, int, int] | None = None
    for start, end, figure in figures:
        if figure.kind not in {TermKind.AMOUNT, TermKind.NUMBER}:
            continue
        worth = _worth(text[start:end])
        if worth < _LEAST_SUM:
            continue
        if before is not None and start - before[1] <= _NEAR_SUM and text[before[1] : start].strip() not in _JOINS:
            times = worth / before[2]
            if _LEAST_TIMES <= times <= _MOST_TIMES:
                yield before[0], end, FIGURES[TermKind.GROWTH]
        before = start, end, worth


def _worth(figure: str) -> int:
    """The whole number that an amount is written as; cents and signs set aside."""
    whole = int("".join(_DIGITS.findall(_CENTS.sub("", figure))) or "0")
    return whole * 1000 if figure.rstrip().endswith("k") else whole
