"""Known words, hidden by the usual tricks: how many are still found, and whether their place is told exactly."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks import _suites
from benchmarks._tricks import TRICKS, Trick
from vetting_engine.checks.content import Scanner, TermFile
from vetting_engine.checks.content.kinds import Strength, TermKind
from vetting_engine.checks.content.matching import Passage
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset
from vetting_engine.text.fold import fold

__all__ = ["ABOUT", "NAME", "Hidden", "Word", "hidden", "measure", "run", "words"]

NAME = "content-evasion"
ABOUT = f"terms of the pack in carrier sentences, hidden by {len(TRICKS)} tricks: recall and exact spans per trick"

#: What people hide: words that are abuse, threat or contempt by themselves.
_KINDS = frozenset({
    TermKind.SLUR, TermKind.PROFANITY, TermKind.INSULT, TermKind.DEHUMANISING, TermKind.THREAT, TermKind.CONTEMPT,
})  # fmt: skip
_SHORTEST, _LONGEST = 4, 18

#: Two everyday sentences per language with room for one word; the words beside it are among the commonest.
_CARRIERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("en", "Latn"): ("yesterday they said {} and then we all went home", "look at the {} you can see here"),
    ("fr", "Latn"): ("hier ils ont dit {} et puis tout le monde est parti", "regarde les {} que tu vois ici"),
    ("es", "Latn"): ("ayer dijeron {} y todos se fueron a casa", "mira los {} que hay aquí"),
    ("pt", "Latn"): ("ontem eles falaram {} e todo mundo foi embora", "olha os {} que estão aqui"),
    ("sw", "Latn"): ("jana walisema {} na kisha tukaenda nyumbani", "tazama {} hapa kwetu"),
    ("so", "Latn"): ("shalay waxay yiraahdeen {} ka dibna guriga ayaan aadnay", "eeg {} halkan jooga"),
    ("om", "Latn"): ("kaleessa {} jedhanii manatti galan", "asitti {} ilaali"),
    ("hi-Latn", "Latn"): ("kal unhone kaha {} aur phir sab ghar gaye", "dekho {} yahan hai"),
    ("ar", "Latn"): ("mbareh 2alo {} w ba3den r7na 3al beit", "shouf {} hon"),
    ("ar", "Arab"): ("مبارح قالوا {} وبعدين رحنا ع البيت", "شوف {} هون"),
    ("fa", "Arab"): ("دیروز گفتند {} و بعد خانه رفتیم", "ببین {} اینجا است"),
    ("ps", "Arab"): ("پرون یې وویل {} او بیا کور ته لاړو", "وګوره {} دلته دي"),
    ("ur", "Arab"): ("کل انہوں نے کہا {} اور پھر سب گھر گئے", "دیکھو {} یہاں ہے"),
    ("ru", "Cyrl"): ("вчера они сказали {} и потом мы пошли домой", "смотри какие {} тут"),
    ("uk", "Cyrl"): ("вчора вони сказали {} і потім ми пішли додому", "дивись які {} тут"),
    ("am", "Ethi"): ("ትናንት {} አሉ ከዚያም ወደ ቤት ሄድን", "እዚህ {} ተመልከት"),
    ("ti", "Ethi"): ("ትማሊ {} ኢሎም ድሕሪኡ ናብ ገዛ ከይድና", "ኣብዚ {} ርአ"),
    ("hi", "Deva"): ("कल उन्होंने कहा {} और फिर सब घर गए", "देखो {} यहाँ है"),
    ("my", "Mymr"): ("မနေ့က {} လို့ ပြောပြီး အိမ်ပြန်တယ်", "ဒီမှာ {} ကြည့်"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A term's text, as the pack writes it, and where it is from."""

    text: str
    kind: TermKind
    language: str
    script: str
    #: What the pack says may hang on the term, folded: a span with or without it is exact.
    affixes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text with a hidden word at ``[start, end)``."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Tally:
    """What became of one trick."""

    tried: int = 0
    found: int = 0
    exact: int = 0
    missed: list[dict[str, str]] = field(default_factory=list)


def words(ruleset: Ruleset, per_language: int, seed: int) -> list[Word]:
    """Up to ``per_language`` single words of each language and script with a carrier, drawn by the seed."""
    pools: dict[tuple[str, str], dict[str, Word]] = {}
    for file in ruleset.documents["content"]["terms"]:
        if (file.language, file.script) in _CARRIERS:
            pool = pools.setdefault((file.language, file.script), {})
            for word in _words_of(file):
                pool.setdefault(fold(word.text), word)
    draw = random.Random(seed)
    chosen = []
    for _, pool in sorted(pools.items()):
        everyone = [pool[stem] for stem in sorted(pool)]
        chosen += draw.sample(everyone, min(per_language, len(everyone)))
    return chosen


def _words_of(file: TermFile) -> Iterator[Word]:
    for term in file.terms:
        if term.kind in _KINDS and term.strength is not Strength.WEAK and not term.followed_by:
            for text in term.forms:
                plain = all(char.isalpha() or not char.isascii() for char in text)
                if plain and " " not in text and _SHORTEST <= len(fold(text)) <= _LONGEST:
                    affixes = file.affixes.get(term.affix or "")
                    hanging = frozenset(map(fold, (*affixes.prefixes, *affixes.suffixes))) if affixes else frozenset()
                    yield Word(text, term.kind, file.language, file.script, hanging)


def hidden(word: Word, trick: Trick, carrier: str, draw: random.Random) -> Hidden | None:
    """The carrier with the word hidden in it; None where the trick leaves the word as it is or cannot be played."""
    before, after = carrier.split("{}")
    if trick.tagged:
        left, right = before.split()[-1:], after.split()[:1]
        head = before.removesuffix(f"{left[0]} ") if left else before
        tag = "#" + "".join(part.title() for part in left)
        rest = "".join(part.title() for part in right)
        start = len(head) + len(tag)
        text = head + tag + word.text.title() + rest + after.removeprefix(f" {right[0]}" if right else "")
        return Hidden(text, start, start + len(word.text))
    shown = trick.make(word.text, draw)
    if trick.glued:
        return Hidden(before + shown + after.lstrip(), len(before), len(before) + len(shown))
    if shown == word.text:
        return None
    return Hidden(before + shown + after, len(before), len(before) + len(shown))


def measure(scanner: Scanner, chosen: Sequence[Word], seed: int, shown: int = 5) -> dict[str, object]:
    """Each word, hidden by each trick of its script, in each carrier of its language.

    Only words that are found plainly in the carrier are tried. Keys:
        languages, words, tricks_played: how many there are; ``plain`` the share found without any trick.
        recall: over all; tricks: per trick ``tried``, ``recall`` (a match of a term of the same kind there),
            ``spans_exact`` (share of those found whose span is the hidden word to the code point; a leading ``#``,
            invisible characters at the edges and declared affixes may be left out or included).
        by_language: recall over all tricks.
        excerpts_exact: share of evidence spans in findings with ``text[start:end] == excerpt``.
        missed: per trick up to ``shown`` examples.
    """
    tallies = {trick.name: _Tally() for trick in TRICKS}
    by_language: dict[str, tuple[int, int]] = {}
    plain = [(word, carrier) for word in chosen for carrier in _CARRIERS[word.language, word.script]]
    known = [(word, carrier) for word, carrier in plain if _is_known(scanner, word, carrier)]
    spans = exact = 0
    for word, carrier in known:
        for trick in TRICKS:
            # Of its own, so that no other word or trick changes how this one is played.
            draw = random.Random(f"{seed} {trick.name} {word.language} {word.text} {carrier}")
            text = hidden(word, trick, carrier, draw) if _playable(word, trick) else None
            if text is None:
                continue
            found = _try(scanner, word, text, tallies[trick.name], shown)
            name = f"{word.language}/{word.script}"
            right, total = by_language.get(name, (0, 0))
            by_language[name] = (right + found, total + 1)
            right_spans, all_spans = _excerpts(scanner, word, text)
            exact, spans = exact + right_spans, spans + all_spans
    return _figures(tallies, by_language, chosen, len(known) / len(plain) if plain else 0, (exact, spans))


def _figures(
    tallies: dict[str, _Tally],
    by_language: dict[str, tuple[int, int]],
    chosen: Sequence[Word],
    plain: float,
    excerpts: tuple[int, int],
) -> dict[str, object]:
    played = {name: tally for name, tally in tallies.items() if tally.tried}
    return {
        "languages": len({word.language for word in chosen}),
        "words": len(chosen),
        "tricks_played": len(played),
        "plain": round(plain, 4),
        "recall": _suites.share(
            sum(tally.found for tally in played.values()), sum(tally.tried for tally in played.values())
        ),
        "tricks": {
            name: {
                "tried": tally.tried,
                "recall": _suites.share(tally.found, tally.tried),
                "spans_exact": _suites.share(tally.exact, tally.found),
            }
            for name, tally in played.items()
        },
        "by_language": _suites.shares(by_language),
        "excerpts_exact": _suites.share(*excerpts),
        "missed": {name: tally.missed for name, tally in played.items() if tally.missed},
    }


def _playable(word: Word, trick: Trick) -> bool:
    return word.script in trick.scripts and len(fold(word.text)) >= trick.shortest


def _is_known(scanner: Scanner, word: Word, carrier: str) -> bool:
    before, after = carrier.split("{}")
    text = Hidden(before + word.text + after, len(before), len(before) + len(word.text))
    return bool(_spans(scanner, word, text))


def _try(scanner: Scanner, word: Word, text: Hidden, tally: _Tally, shown: int) -> bool:
    found = _spans(scanner, word, text)
    tally.tried += 1
    tally.found += bool(found)
    tally.exact += any(_same_place(word, text, span) for span in found)
    if not found and len(tally.missed) < shown:
        tally.missed.append({"language": word.language, "word": word.text, "text": text.text})
    return bool(found)


def _spans(scanner: Scanner, word: Word, text: Hidden) -> list[tuple[int, int]]:
    """Where a term of the word's kind was found over the hidden word: "fcking" is a term of its own, and found."""
    passage = Passage(text=text.text, languages=(word.language,))
    return [
        (match.start, match.end)
        for match in scanner.matches(passage, date.max)
        if match.term.kind is word.kind and match.start < text.end and text.start < match.end
    ]


def _same_place(word: Word, text: Hidden, span: tuple[int, int]) -> bool:
    """Whether a span is the hidden word, but for declared affixes and signs that no reader sees as part of it."""
    (start, end), (first, last) = (text.start, text.end), span
    edges = text.text[min(start, first) : max(start, first)], text.text[min(end, last) : max(end, last)]
    return all(not edge.strip(_EDGE) or fold(edge) in word.affixes for edge in edges)


#: Invisible characters, the sign of a tag, and marks that hang on the last letter.
_EDGE = "#\u200b\u200d\u200e\u2060\u00ad\u202a\u202c\u202d\u202e\ufe0f\u0336"


def _excerpts(scanner: Scanner, word: Word, text: Hidden) -> tuple[int, int]:
    spans = [
        span
        for finding in scanner.scan(text.text, word.language)
        for span in finding.evidence
        if isinstance(span, SpanEvidence)
    ]
    return sum(text.text[span.start : span.end] == span.excerpt for span in spans), len(spans)


def run(args: Sequence[str]) -> dict[str, object]:
    """``--per-language`` words (default 24) drawn from the pack by ``--seed``."""
    parser = argparse.ArgumentParser(prog="benchmarks content-evasion", description=ABOUT)
    parser.add_argument("--pack", default=_suites.PACK)
    parser.add_argument("--per-language", type=int, default=24)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shown", type=int, default=5, help="missed examples listed per trick")
    options = parser.parse_args(args)
    ruleset = load_ruleset(options.pack)
    chosen = words(ruleset, options.per_language, options.seed)
    return measure(Scanner(ruleset), chosen, options.seed, options.shown)
