"""Begins a file of signs for a pack: labelled posts in, YAML with the points of words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType
from typing import Final

from vetting_engine.checks.content import Scanner
from vetting_engine.checks.content.documents import CueFile, TermFile
from vetting_engine.checks.content.kinds import NAMING, Flag
from vetting_engine.checks.content.lexicon import primary
from vetting_engine.checks.content.matching import Passage
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.tables import Table, read_table
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.names.parts import known_spellings, parse_name
from vetting_engine.text.scripts import scripts_in
from vetting_engine.text.tokens import tokens_in
from vetting_engine.workbench.weighing import PER_LOG_ODDS, Labelled, Weighed, weigh

__all__ = ["TOPICS", "is_mostly", "labelled", "left_out", "sign_file", "write_new"]

#: What signs are made for. Hate and profanity are told by words of their own: everyday words beside them are names of
#: groups and of what people are.
TOPICS: Final = (
    "incitement", "extremism", "exploitation", "trafficking", "doxxing", "fraud", "misinformation", "partisan",
    "endorsement", "support",
)  # fmt: skip
#: Of how many letters pieces of words are, by script, edges counted; 0: whole words. On posts by writers who had no
#: part in the making, pieces found more than words at equal harmless texts in all of these (docs/measurements.md):
#: writing joins prefixes, cases or particles to words. Ethiopic letters are syllables.
_LETTERS: Final[Mapping[str, Sequence[int]]] = {"Arab": (4,), "Cyrl": (4,), "Deva": (4,), "Ethi": (3,), "Latn": (0, 4)}
_WHOLE: Final = (0,)
#: The topics, and what reports of news are told by.
_WEIGHED: Final = (*TOPICS, str(Flag.NARRATED))
#: So many points fewer than a text alone are asked for so that what terms find stands (``unsupported``). Nothing
#: critical is among them.
_LESS_BESIDE_TERMS: Final = 8
_BESIDE_TERMS: Final = ("fraud", "misinformation", "partisan", "endorsement", "support")
_SHORTEST_NAME: Final = 3
_COLUMNS: Final = ("language", "expect", "text")
_WIDTH: Final = 116


def labelled(paths: Iterable[Path], language: str, script: str) -> list[Labelled]:
    """The posts in a language and mostly in a script of some tables with the columns language, expect (a topic, or
    empty) and text.

    Raises:
        InputError: a table lacks a column, a row is damaged, or there is no such post; all faults at once.
    """
    posts: list[Labelled] = []
    faults: list[Fault] = []
    for path in paths:
        table = read_table(path)
        missing = [column for column in _COLUMNS if column not in table.header]
        faults += [Fault("weigh.column_missing", Location(str(path)), {"column": column}) for column in missing]
        faults += [row.fault for row in table.rows if row.fault]
        if not missing:
            posts += [post for post in _posts(table, language) if is_mostly(script, post.text)]
    if not faults and not posts:
        faults.append(Fault("weigh.no_posts", params={"language": language, "script": script}))
    if faults:
        raise InputError(faults)
    return posts


def _posts(table: Table, language: str) -> Iterator[Labelled]:
    spoken, expect, text = (table.header.index(column) for column in _COLUMNS)
    for row in table.rows:
        if not row.fault and primary(row.cells[spoken].strip()) == primary(language):
            yield Labelled(row.cells[text], row.cells[expect].strip())


def is_mostly(script: str, text: str) -> bool:
    """Whether no script has more letters of a text. One without letters is as good as in any."""
    return scripts_in(text)[:1] in {(), (script,)}


def left_out(scanner: Scanner, ruleset: Ruleset, language: str) -> Callable[[str], bool]:
    """Whether a folded word of a language may not weigh: names of groups, common names of people (those whose spellings
    ``names`` knows, unless the pack's terms or cues use the word), single letters.

    ``scanner`` is that of the ruleset.
    """
    documents = ruleset.documents.get("content", {})
    words = set(_words_of(documents.get("terms", ()), language)) | set(_words_of(documents.get("cues", ()), language))

    @cache
    def out(word: str) -> bool:
        if word[0] == "0":
            return False
        if len(word) == 1 or (word not in words and _is_name(word)):
            return True
        matches = scanner.matches(Passage(text=word, languages=(language,)), date.max)
        return any(match.term.kind in NAMING for match in matches)

    return out


def _words_of(files: Iterable[TermFile | CueFile], language: str) -> Iterator[str]:
    for file in files:
        if language in {file.language, *file.also}:
            entries = file.terms if isinstance(file, TermFile) else file.cues
            for stem in (stem for entry in entries for stem in entry.stems):
                yield from (word for _, _, word in tokens_in(stem))


def _is_name(word: str) -> bool:
    parts = (part for reading in parse_name(word).readings for part in reading.parts)
    return len(word) >= _SHORTEST_NAME and any(map(known_spellings, parts))


def sign_file(
    language: str,
    script: str,
    posts: Sequence[Labelled],
    leave_out: Callable[[str], bool],
    *,
    as_of: date,
    also: Sequence[str] = (),
    surer_by: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """The text of a file of signs; ``leave_out`` and ``surer_by`` as in ``weigh``, ``also`` as in the file.

    Raises:
        InputError: the posts are of none of the topics, or no word is in two of them.
    """
    weighed = weigh(posts, _WEIGHED, leave_out, surer_by, _LETTERS.get(script, _WHOLE))
    if not weighed:
        raise InputError(Fault("weigh.nothing", params={"language": language}))
    head = [
        "# Signs: everyday words with the points that each gives a text for a topic (docs/reference/terms.md).",
        f"# Worked out by `vetting-engine rules weigh` from {len(posts)} labelled posts; {PER_LOG_ODDS} points are one",
        "# natural log-odds. A proposal: whoever reads the language changes what is wrong.",
        f"language: {language}",
        *([f"also: [{', '.join(also)}]"] if also else []),
        f"script: {script}",
        f"reviewed_on: {as_of.isoformat()}",
        f"least: {_in_line({topic: weighed[topic].least for topic in _WEIGHED if topic in weighed})}",
        f"least_beside_terms: {_in_line(_beside_terms(weighed))}",
        "signs:",
    ]
    return "\n".join([*head, *_entries(language, weighed)]) + "\n"


def _beside_terms(weighed: Mapping[str, Weighed]) -> dict[str, int]:
    there = [topic for topic in _BESIDE_TERMS if topic in weighed]
    return {topic: max(1, weighed[topic].least - _LESS_BESIDE_TERMS) for topic in there}


def _in_line(points: Mapping[str, int]) -> str:
    return f"{{{', '.join(f'{topic}: {least}' for topic, least in points.items())}}}"


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet. Raises InputError where it does; nothing is overwritten."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(Fault("scaffold.exists", Location(str(path)))) from None


def _entries(language: str, weighed: Mapping[str, Weighed]) -> Iterator[str]:
    for topic in _WEIGHED:
        if topic in weighed:
            points = weighed[topic].points
            for value in sorted(set(points.values()), reverse=True):
                side = "for" if value > 0 else "against"
                words = " ".join(sorted(word for word, given in points.items() if given == value))
                yield f"  - id: {language.lower()}-{topic}-{side}-{abs(value)}"
                yield f"    topic: {topic}"
                yield f"    points: {value}"
                yield "    words: >-"
                margin = " " * 6
                yield from wrap(
                    words,
                    _WIDTH,
                    initial_indent=margin,
                    subsequent_indent=margin,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
