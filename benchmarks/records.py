"""Records: how fast they are written, verified, sealed and opened, and which tampering is found."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks._tampering import ACTOR, TAMPERINGS, Scene, entry
from vetting_engine import canonical
from vetting_engine.records import Entry, Journal, MemoryKeyRing, core_bytes, verify_journal
from vetting_engine.records.keys import FileKeyRing, pseudonym_of
from vetting_engine.records.seal import seal, unseal

try:
    import rfc8785
except ImportError:  # a development tool: without it the comparison is left out
    rfc8785 = None  # type: ignore[assignment]

__all__ = ["ABOUT", "NAME", "run"]

NAME = "records"
ABOUT = "journal: appends, verification, seals, erasure and nine kinds of tampering"

_BATCHES = (1, 100, 1_000)
#: Each erasure writes the file anew: enough of them to measure one.
_ERASED_SINGLY = 50


def run(args: Sequence[str]) -> dict[str, object]:
    """Measure; every figure is for one process."""
    parser = argparse.ArgumentParser(prog=NAME)
    parser.add_argument("--data", help="not needed by this suite")
    parser.add_argument("--records", type=int, default=2_000, help="records per measurement (1 by 1: a quarter)")
    parser.add_argument("--tries", type=int, default=25, help="tries per kind of tampering")
    given = parser.parse_args(args)
    key_ring = MemoryKeyRing(seed=NAME)
    entries = [entry(number, key_ring) for number in range(given.records)]
    with tempfile.TemporaryDirectory(prefix="vetting-engine-bench-") as folder:
        return {
            "records": given.records,
            "core_bytes": len(core_bytes(entries[0].core)),
            "appends_per_second": _appends(Path(folder), entries, key_ring),
            "verified_per_second": _verified(Path(folder), len(entries)),
            **_seals(entries, key_ring),
            "keys": _keys(Path(folder), given.records),
            "canonical_mb_per_second": _canonical(entries),
            "tampering": _tampering(Path(folder), given.tries),
        }


def _per_second(count: int, work: Callable[[], object]) -> int:
    start = perf_counter()
    work()
    return round(count / (perf_counter() - start))


def _appends(folder: Path, entries: Sequence[Entry], key_ring: MemoryKeyRing) -> dict[str, object]:
    """By size of a transaction; with the content sealed, and without (``unsealed``)."""
    bare = [item._replace(content=None) for item in entries]
    rates: dict[str, object] = {}
    for kind, items in (("sealed", entries), ("unsealed", bare)):
        rates[kind] = by_batch = {}
        for batch in _BATCHES:
            chosen = items if batch > 1 else items[: len(items) // 4]

            def append(chosen: Sequence[Entry] = chosen, batch: int = batch, kind: str = kind) -> None:
                with Journal.open(folder / f"{kind}-{batch}.sqlite", create=True) as journal:
                    for start in range(0, len(chosen), batch):
                        part = chosen[start : start + batch]
                        journal.append_many(part, time=datetime.now(UTC), actor=ACTOR, key_ring=key_ring)

            by_batch[f"batch_{batch}"] = _per_second(len(chosen), append)
    return rates


def _verified(folder: Path, count: int) -> int:
    def verify() -> None:
        report = verify_journal(folder / f"sealed-{_BATCHES[-1]}.sqlite")
        if not report.ok:
            raise RuntimeError(f"the benchmark's own journal does not verify: {report.faults[0]}")

    return _per_second(count, verify)


def _seals(entries: Sequence[Entry], key_ring: MemoryKeyRing) -> dict[str, object]:
    digest = canonical.digest(b"core")
    work = [(item.content, key_ring.subject_key(item.candidate.id)) for item in entries if item.content]
    sealed = [(seal(content, digest, key), key) for content, key in work]
    return {
        "seals_per_second": _per_second(len(work), lambda: [seal(content, digest, key) for content, key in work]),
        "unseals_per_second": _per_second(len(work), lambda: [unseal(part, digest, key) for part, key in sealed]),
    }


def _keys(folder: Path, count: int) -> dict[str, object]:
    """A key ring's file: new keys together and one by one, erased so, and the erased still found in it."""
    path = folder / "keys.sqlite"
    ids = [f"c-{number}" for number in range(count)]
    singly = [f"s-{number}" for number in range(count // 4)]
    with FileKeyRing(path, create=True) as ring:
        together = _per_second(count, lambda: ring.ensure(ids))
        one_by_one = _per_second(len(singly), lambda: [ring.subject_key(one) for one in singly])
        keys = [ring.subject_key(one) for one in singly]
        some, others = singly[:_ERASED_SINGLY], singly[_ERASED_SINGLY:]
        erased_singly = _per_second(len(some), lambda: deque(map(ring.erase, some), maxlen=0))
        erased = _per_second(len(others), lambda: ring.erase(*others))
        left = b"".join(file.read_bytes() for file in folder.glob("keys.sqlite*"))
    return {
        "made_per_second": together,
        "made_singly_per_second": one_by_one,
        "erased_per_second": erased,
        "erased_singly_per_second": erased_singly,
        "erased_left_in_file": sum(key in left or pseudonym_of(key).encode() in left for key in keys),
    }


def _canonical(entries: Sequence[Entry]) -> dict[str, object]:
    values = [item.core.model_dump(mode="json") for item in entries]
    megabytes = sum(len(canonical.dumps(value)) for value in values) / 1e6
    encoders: dict[str, Callable[[object], bytes]] = {"ours": canonical.dumps}
    if rfc8785 is not None:
        encoders["rfc8785"] = rfc8785.dumps  # type: ignore[assignment]
    rates: dict[str, object] = {"rfc8785": None}
    for name, encode in encoders.items():
        start = perf_counter()
        for value in values:
            encode(value)
        rates[name] = round(megabytes / (perf_counter() - start), 1)
    return rates


def _tampering(folder: Path, tries: int) -> dict[str, object]:
    """How often each kind is found, by a verifier with the pinned checkpoint and by one without."""
    scene = Scene(folder, 24)
    path = folder / "tampered.sqlite"
    random = Random(NAME)
    kinds: dict[str, dict[str, int]] = {}
    for name, tamper in TAMPERINGS.items():
        found = {"tries": tries, "found_with_checkpoint": 0, "found_without": 0}
        for _ in range(tries):
            shutil.copyfile(scene.whole, path)
            tamper(scene, path, random)
            found["found_with_checkpoint"] += not verify_journal(path, scene.checkpoint).ok
            found["found_without"] += not verify_journal(path).ok
        kinds[name] = found
    return {
        "kinds": len(kinds),
        "kinds_found_with_checkpoint": sum(found["found_with_checkpoint"] == tries for found in kinds.values()),
        "kinds_found_without": sum(found["found_without"] == tries for found in kinds.values()),
        "by_kind": kinds,
    }
