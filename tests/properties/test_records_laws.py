"""Laws of records: the tree agrees with the RFC, erasure spares everybody else, cores forget the order of input."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import merkle as oracle

from vetting_engine.errors import KeyRingError
from vetting_engine.model.decision import EngineRun
from vetting_engine.model.finding import CheckResult
from vetting_engine.model.record import Actor, Core
from vetting_engine.protocols import KeyRing
from vetting_engine.records import (
    Entry,
    FileKeyRing,
    Journal,
    MemoryKeyRing,
    build_core,
    build_sealed,
    core_bytes,
    merkle,
    open_record,
    verify_journal,
)

TIME = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
ACTOR = Actor(id="officer-1")
trees = st.lists(st.binary(max_size=8), min_size=1, max_size=40)
people = st.sampled_from(["okvale", "brusk", "ondrel", "quist"])


def core_of(candidate_id: str, results: Sequence[CheckResult], key_ring: KeyRing) -> Core:
    return build_core(
        candidate=make.candidate(candidate_id),
        results=results,
        decision=make.decision(),
        ruleset=make.ruleset(),
        watchlists=(),
        registers=(),
        as_of=make.AS_OF,
        key_ring=key_ring,
        engine_version="0.1.0",
    )


def entry_of(candidate_id: str, key_ring: KeyRing) -> Entry:
    results, decision, candidate = (
        (make.result("content"),),
        make.decision(),
        make.candidate(candidate_id, consent_ref=f"form of {candidate_id}"),
    )
    content = build_sealed(candidate, results, decision)
    return Entry(
        core_of(candidate_id, results, key_ring), content, (EngineRun(engine="reference", ran=True),), candidate
    )


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@given(trees, st.data())
def test_every_proof_is_the_rfcs_and_proves_only_what_it_is_for(data: list[bytes], draw: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(each) for each in data]

    def fetch(level: int, position: int) -> bytes:
        return oracle.mth(data[position << level : (position + 1) << level])

    size = len(data)
    root = merkle.root(hashes)
    assert root == oracle.mth(data)
    index = draw.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(fetch, index, size)
    assert proof == oracle.path(index, data)
    assert merkle.verify_inclusion(hashes[index], index, size, proof, root)
    other = draw.draw(st.integers(0, size - 1))
    assert merkle.verify_inclusion(hashes[index], other, size, proof, root) == (
        other == index or (data[other] == data[index] and oracle.path(other, data) == proof)
    )
    old = draw.draw(st.integers(1, size))
    proof = merkle.consistency_proof(fetch, old, size)
    assert proof == oracle.proof(old, data)
    assert merkle.verify_consistency(old, size, proof, oracle.mth(data[:old]), root)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(people, max_size=4), min_size=1, max_size=5))
def test_records_appended_in_any_batches_make_one_tree(batches: list[list[str]]) -> None:
    ring = MemoryKeyRing(seed="laws")
    with folder() as where, Journal.open(where / "j.sqlite", create=True) as journal:
        lines = []
        for batch in batches:
            journal.append_many([entry_of(each, ring) for each in batch], time=TIME, actor=ACTOR, key_ring=ring)
            lines.append(journal.checkpoint(TIME))
        size = sum(map(len, batches))
        assert lines[-1].size == size == len(journal)
        for line in lines:
            report = verify_journal(where / "j.sqlite", line)
            assert report.ok, report.faults
            if line.size:
                proof = journal.consistency_proof(line.size, size)
                roots = [bytes.fromhex(each.root.removeprefix("sha256:")) for each in (line, lines[-1])]
                assert merkle.verify_consistency(line.size, size, proof, *roots)


@settings(max_examples=25, deadline=None)
@given(st.lists(people, min_size=1, max_size=8), st.sets(people))
def test_erasing_some_leaves_every_proof_and_everybody_elses_record(records: list[str], erased: set[str]) -> None:
    with folder() as where, FileKeyRing(where / "k.sqlite", create=True) as ring:
        path = where / "j.sqlite"
        with Journal.open(path, create=True) as journal:
            entries = [entry_of(each, ring) for each in records]
            journal.append_many(entries, time=TIME, actor=ACTOR, key_ring=ring)
            before = str(journal.checkpoint(TIME))
            for each in sorted(erased & set(records)):
                ring.erase(each)
            assert str(journal.checkpoint(TIME)) == before
            for each, entry, record in zip(records, entries, journal.records(), strict=True):
                if each in erased:
                    with pytest.raises(KeyRingError):
                        open_record(record, ring)
                    with pytest.raises(KeyRingError):
                        ring.pseudonym(each)
                else:
                    assert open_record(record, ring) == entry.content
        assert verify_journal(path, before).ok
        data = path.read_bytes()
        assert not any(each.encode() in data for each in records)


@settings(max_examples=60)
@given(st.permutations(range(4)), st.permutations(range(3)), st.booleans())
def test_a_core_forgets_the_order_of_its_input(findings: list[int], outcomes: list[int], swapped: bool) -> None:
    ring = MemoryKeyRing(seed="laws")
    found = [make.finding(f"content:rule:post:p-{number}", topic=f"post:p-{number}") for number in range(4)]
    ran = [make.outcome(f"rule-{number}", times=number) for number in range(3)]

    def core(first: Sequence[int], second: Sequence[int], *, swap: bool) -> bytes:
        content = make.result("content", *(found[n] for n in first), outcomes=tuple(ran[n] for n in second))
        results = (content, make.result("watchlist", gaps=(make.gap(),)))
        return core_bytes(core_of("c-1", results[::-1] if swap else results, ring))

    assert core(findings, outcomes, swap=swapped) == core(range(4), range(3), swap=False)
