"""Writes ``data/background.txt``: how common name parts are in the world, from CC0 data only.

Sources: Wikidata person names (``names/translit/wd_*.tsv``) and popular names by country
(``names/background/*.csv``). Never a watchlist: adding a list must not change what is rare. Run it as
``python -m vetting_engine.names._generate_background --data $VETTING_DATA``.

A part's share is a mixture of the three sources. The by-country tables name ranks, not counts; shares fall off
with the rank as names do (Zipf), and countries people are displaced from weigh more, since candidates come from
there.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log2
from pathlib import Path

from vetting_engine.names.romanise import romanise_words
from vetting_engine.names.spelling import simple, skeleton, skeleton_of_abjad

VERSION = "2"
_OUT = Path(__file__).parent / "data" / "background.txt"
#: How much of all name parts each source stands for.
_WIKIDATA, _FORENAMES, _SURNAMES = 0.3, 0.5, 0.2
#: Origins of displaced people, their neighbours, and communities our candidates write from, among the 106 countries.
_NEAR = frozenset("AE BD CO DZ EG HT IQ IR JO KW LB LY MA ML MM PK PS SA SD SO SY TN TR UA VE YE".split())  # noqa: SIM905
_NEAR_WEIGHT = 12.0
#: Zipf with an offset: the first name of a list is not twice as common as the second.
_RANK_OFFSET = 4.0
_LISTED_SHARE = 0.35  # what the listed names of a country cover
_LEAST_COUNT = 2
_STEP = 25  # centibits; finer steps would pretend to know


def main() -> int:
    """Read the sources, mix them, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("VETTING_DATA"), type=Path, required=False)
    names = parser.parse_args().data / "names"
    parts: Counter[str] = Counter()
    bones: Counter[str] = Counter()
    for source, weight in (
        (_wikidata(names), _WIKIDATA),
        (_ranked(names, "forenames"), _FORENAMES),
        (_ranked(names, "surnames"), _SURNAMES),
    ):
        _mix(dict(source), weight, parts, bones)
    lines = [f"background {VERSION}: centibits, then parts (s = simple form, k = consonant skeleton)"]
    lines += _grouped("s", parts) + _grouped("k", bones)
    _OUT.write_text("\n".join(lines) + "\n", encoding="ascii")
    sys.stdout.write(f"{_OUT.name}: {len(parts)} parts, {len(bones)} skeletons, {_OUT.stat().st_size} bytes\n")
    return 0


def _wikidata(names: Path) -> Iterator[tuple[str, float]]:
    counts: Counter[str] = Counter()
    for path in sorted((names / "translit").glob("wd_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            latin, native, people = line.split("\t")
            counts[latin] += int(people)
            counts[native.replace(" ", "")] += int(people)
    for written, count in sorted(counts.items()):
        if count >= _LEAST_COUNT:
            yield written, float(count)


def _ranked(names: Path, which: str) -> Iterator[tuple[str, float]]:
    shares: defaultdict[str, float] = defaultdict(float)
    places: Counter[tuple[str, str]] = Counter()
    path = names / "background" / f"common-{which}-by-country.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            group = (row["Country"], row.get("Gender", ""))
            rank, places[group] = places[group], places[group] + 1
            weight = _NEAR_WEIGHT if row["Country"] in _NEAR else 1.0
            for written in {row["Localized Name"], row["Romanized Name"]} - {""}:
                shares[written] += weight / (rank + _RANK_OFFSET)
    total = sum(shares.values()) / _LISTED_SHARE
    yield from sorted((written, share / total) for written, share in shares.items())


def _mix(source: dict[str, float], weight: float, parts: Counter[str], bones: Counter[str]) -> None:
    """Adds a source; its shares are scaled to sum to ``weight`` (or less, where it covers less than all)."""
    total = max(sum(source.values()), 1.0)
    for written, count in sorted(source.items()):
        share = weight * count / total  # a mass; a float here, centibits in the table
        for word in romanise_words(written):
            if word.abjad:
                bones[skeleton_of_abjad(word.roman)] += share  # type: ignore[assignment]
            else:
                parts[simple(word.roman)] += share  # type: ignore[assignment]
                bones[skeleton(word.roman)] += share  # type: ignore[assignment]


def _grouped(letter: str, shares: Counter[str]) -> list[str]:
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for key, share in shares.items():
        if key:
            groups[round(-log2(share) * 100 / _STEP) * _STEP].append(key)
    return [f"{letter} {bits} " + " ".join(sorted(keys)) for bits, keys in sorted(groups.items())]


if __name__ == "__main__":
    sys.exit(main())
