"""Seeded faults in packs: does ``rules check`` find each one, in its lines, and nothing where nothing is wrong?

Each pack is the shipped ``community-influencer`` (without its term lists) with one fault; ``found`` counts those that
are told under the right code within the lines of the rule concerned. A ``false_alarm`` is anything told elsewhere, in
a seeded pack or in a shipped one as it is.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks._rule_faults import Seeded, base_files, seeded
from vetting_engine.cli._analysed import with_analysis
from vetting_engine.errors import Fault
from vetting_engine.rulebook import check_pack, find_pack

NAME = "rules-faults"
ABOUT = "seeded faults found by rules check with the analyser, with their lines; false alarms on the shipped packs"

_AS_OF = date(2026, 11, 22)
_SHIPPED = ("community-influencer", "starter")


def run(args: Sequence[str]) -> dict[str, object]:
    """Seed, check, and answer the figures."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {NAME}", description=__doc__)
    parser.add_argument("--data", help="not used: the packs are made from the shipped one")
    parser.add_argument("--kind", help="only faults of this kind")
    options = parser.parse_args(args)
    began = time.perf_counter()
    alarms = [f"{pack}: {fault}" for pack in _SHIPPED for fault in told(find_pack(pack))]
    found: Counter[str] = Counter()
    seeds: Counter[str] = Counter()
    missed: list[str] = []
    files = base_files(find_pack(_SHIPPED[0]))
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeded(files)):
            if options.kind not in (None, seed.kind):
                continue
            seeds[seed.kind] += 1
            faults = told(written(Path(folder) / str(number), seed.files))
            hit, others = judged(seed, faults)
            found[seed.kind] += hit
            if not hit:
                missed.append(f"{seed.kind} {seed.file}:{seed.first}-{seed.last}: {[str(fault) for fault in faults]}")
            alarms.extend(f"{seed.kind} {seed.file}:{seed.first}: {fault}" for fault in others)
    return {
        "packs": seeds.total(),
        "found": found.total(),
        "false_alarms": len(alarms),
        "missed": missed,
        "alarms": alarms,
        "kinds": {kind: f"{found[kind]} of {count}" for kind, count in sorted(seeds.items())},
        "seconds": round(time.perf_counter() - began, 1),
    }


def told(pack: Path) -> tuple[Fault, ...]:
    """What ``rules check --analyse`` tells of a pack."""
    faults = check_pack(pack, as_of=_AS_OF)
    if any(fault.severity == "error" for fault in faults):
        return faults
    return with_analysis(str(pack), faults, _AS_OF)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A pack's files in a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def judged(seed: Seeded, faults: Sequence[Fault]) -> tuple[bool, list[Fault]]:
    """Whether the fault is told where it stands, and what is told besides."""
    here = [fault for fault in faults if fault.at.file == seed.file and seed.first <= fault.at.line <= seed.last]
    return any(fault.code == seed.code for fault in here), [fault for fault in faults if fault not in here]
