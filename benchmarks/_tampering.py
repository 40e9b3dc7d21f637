"""Invented records, and nine ways to tamper with a journal of them.

The tamperer is an insider: may write the file with SQLite, knows the format, drops the triggers and puts them
back. What they lack is the checkpoint line that was kept elsewhere.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from vetting_engine import canonical
from vetting_engine.model.candidate import Candidate, PersonName, Post
from vetting_engine.model.condition import Compare, Operator
from vetting_engine.model.decision import Decision, Disposition, EngineRun, Reason
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.finding import CheckResult, CheckStatus, Finding, FindingStatus, RuleOutcome, RuleStatus
from vetting_engine.model.record import Actor
from vetting_engine.model.ruleset import Rule, Ruleset
from vetting_engine.model.scales import Band, Level, Severity
from vetting_engine.protocols import KeyRing
from vetting_engine.records import Entry, Journal, MemoryKeyRing, build_core, build_sealed
from vetting_engine.records._draft import leaf_data, record_id
from vetting_engine.records.merkle import Frontier, leaf_hash

__all__ = ["ACTOR", "AS_OF", "TAMPERINGS", "TIME", "Scene", "entry", "flip_a_bit", "insider"]

AS_OF = date(2026, 1, 15)
TIME = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
ACTOR = Actor(id="officer-1")
_GIVEN = ("Tamsin", "Orrel", "Wendo", "Ilka", "Marrow", "Sefu")
_FAMILY = ("Okvale", "Brusk", "Ondrel", "Halloway-Tern", "Quist")

_RULE = Rule(
    id="sample-rule",
    check="content",
    title="A sample rule",
    severity=Severity.HIGH,
    level=Level.NEEDS_REVIEW,
    rationale="Sample.",
    falsepositives=("Sample.",),
    owner="protection",
    review_by=date(2027, 1, 1),
    when=Compare(field="match.kind", op=Operator.EQ, value="predicate"),
)
_RULESET = Ruleset(
    id="sample-pack",
    version="1.0.0",
    title="Sample",
    required_checks=("content",),
    rules=(_RULE,),
    digest=canonical.digest(b"sample pack"),
)


def entry(number: int, key_ring: KeyRing | None) -> Entry:
    """An invented candidate's record to be; the same number gives the same core."""
    name = f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number % len(_FAMILY)]}"
    post = Post(id=f"p-{number}", text=f"Good morning from the market, number {number}.")
    candidate = Candidate(id=f"c-{number}", names=(PersonName(text=name),), posts=(post,), consent_ref=f"form {number}")
    span = SpanEvidence(
        where="post", source_id=post.id, start=0, end=4, excerpt=post.text[:4], term="greeting", term_kind="predicate"
    )
    finding = Finding(
        id="content-1",
        check="content",
        rule=_RULE.id,
        rule_version="1",
        status=FindingStatus.HIT,
        code="content.rule_hit",
        level=Level.NEEDS_REVIEW,
        severity=Severity.HIGH,
        band=Band.STRONG,
        evidence=(span,),
    )
    outcome = RuleOutcome(rule=_RULE.id, rule_version="1", check="content", status=RuleStatus.FIRED, times=1)
    result = CheckResult(
        check="content",
        check_version="1",
        status=CheckStatus.DONE,
        findings=(finding,),
        outcomes=(outcome,),
        counts={"posts": 1},
    )
    decision = Decision(
        disposition=Disposition.NEEDS_REVIEW,
        level=Level.NEEDS_REVIEW,
        reasons=(Reason(level=Level.NEEDS_REVIEW, finding=finding.id),),
    )
    core = build_core(
        candidate=candidate,
        results=(result,),
        decision=decision,
        ruleset=_RULESET,
        watchlists=(),
        registers=(),
        as_of=AS_OF,
        key_ring=key_ring,
        engine_version="0.1.0",
    )
    content = None if key_ring is None else build_sealed(candidate, (result,), decision)
    return Entry(core, content, (EngineRun(engine="reference", ran=True, agreed=True),), candidate)


class Scene:
    """A journal of ``size`` records, a copy of it at half the size, and the checkpoint pinned at the end."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.key_ring = MemoryKeyRing(seed="tampering")
        self.whole = folder / "whole.sqlite"
        self.older = folder / "older.sqlite"
        entries = [entry(number, self.key_ring) for number in range(size)]
        with Journal.open(self.whole, create=True) as journal:
            self._append(journal, entries[: size // 2])
        shutil.copyfile(self.whole, self.older)
        with Journal.open(self.whole) as journal:
            self._append(journal, entries[size // 2 :])
            self.checkpoint = str(journal.checkpoint(TIME))

    def _append(self, journal: Journal, entries: Sequence[Entry]) -> None:
        journal.append_many(entries, time=TIME, actor=ACTOR, key_ring=self.key_ring)

    def fork(self, path: Path) -> None:
        """Another future for the older copy, each record of it in perfect order."""
        shutil.copyfile(self.older, path)
        with Journal.open(path) as journal:
            self._append(journal, [entry(number + 1_000, self.key_ring) for number in range(self.size)])


@contextmanager
def insider(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection without triggers, which are there again afterwards as if nothing had happened."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").fetchall()
        db.execute("BEGIN IMMEDIATE")
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")


def flip_a_bit(db: sqlite3.Connection, column: str, sequence: int, random: Random) -> None:
    """Flip one bit of one column of a record, whatever its type."""
    value = db.execute(f"SELECT CAST({column} AS BLOB), typeof({column}) FROM record WHERE sequence = ?", (sequence,))
    data, kind = value.fetchone()
    changed = bytearray(data)
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    db.execute(f"UPDATE record SET {column} = CAST(? AS {kind}) WHERE sequence = ?", (bytes(changed), sequence))


def _bit_flip(scene: Scene, path: Path, random: Random) -> None:
    with insider(path) as db:
        column = random.choice(("id", "subject", "envelope", "core", "sealed", "leaf"))
        flip_a_bit(db, column, random.randrange(scene.size), random)


def _milder(db: sqlite3.Connection, sequence: int) -> None:
    """Make a decision milder, and every digest in its row fit again."""
    row = db.execute("SELECT core, envelope FROM record WHERE sequence = ?", (sequence,)).fetchone()
    core, envelope = map(json.loads, row)
    core["decision"]["disposition"] = core["decision"]["level"] = "nothing_found"
    changed = canonical.dumps(core)
    envelope["core_digest"] = canonical.digest(changed)
    db.execute(
        "UPDATE record SET core = ?, envelope = ? WHERE sequence = ?", (changed, canonical.dumps(envelope), sequence)
    )
    _rehash(db, sequence)


def _rehash(db: sqlite3.Connection, sequence: int) -> bytes:
    """Make id and leaf of a row fit its bytes; answers the leaf."""
    envelope, core = db.execute("SELECT envelope, core FROM record WHERE sequence = ?", (sequence,)).fetchone()
    sealed_digest = json.loads(envelope)["sealed_digest"]
    journal_id = db.execute("SELECT id FROM journal").fetchone()[0]
    leaf = leaf_hash(leaf_data(journal_id, envelope, canonical.digest(core), sealed_digest))
    name = record_id(canonical.digest(core), sequence)
    db.execute("UPDATE record SET id = ?, leaf = ? WHERE sequence = ?", (name, leaf, sequence))
    return leaf


def _field_edit_with_rehash(scene: Scene, path: Path, random: Random) -> None:
    with insider(path) as db:
        _milder(db, random.randrange(scene.size))


def _delete(scene: Scene, path: Path, random: Random) -> None:
    with insider(path) as db:
        db.execute("DELETE FROM record WHERE sequence = ?", (random.randrange(scene.size - 1),))


def _insert(scene: Scene, path: Path, random: Random) -> None:
    """A copy of a record squeezed in, all later ones moved by one."""
    at = random.randrange(1, scene.size)
    with insider(path) as db:
        for sequence in range(scene.size - 1, at - 1, -1):
            db.execute("UPDATE record SET sequence = ? WHERE sequence = ?", (sequence + 1, sequence))
        db.execute(
            "INSERT INTO record SELECT ?, id, subject, envelope, core, sealed, leaf FROM record WHERE sequence = ?",
            (at, at - 1),
        )


def _reorder(scene: Scene, path: Path, random: Random) -> None:
    first, second = random.sample(range(scene.size), 2)
    with insider(path) as db:
        for old, new in ((first, scene.size), (second, first), (scene.size, second)):
            db.execute("UPDATE record SET sequence = ? WHERE sequence = ?", (new, old))


def _truncate(scene: Scene, path: Path, random: Random) -> None:
    """The last records cut off, with the nodes that covered them."""
    kept = random.randrange(1, scene.size)
    with insider(path) as db:
        db.execute("DELETE FROM record WHERE sequence >= ?", (kept,))
        db.execute("DELETE FROM node WHERE (position + 1) << level > ?", (kept,))


def _rollback(scene: Scene, path: Path, random: Random) -> None:
    del random
    shutil.copyfile(scene.older, path)


def _rebuild(scene: Scene, path: Path, random: Random) -> None:
    """One decision made milder, and the whole tree built anew over it."""
    with insider(path) as db:
        _milder(db, random.randrange(scene.size))
        db.execute("DELETE FROM node")
        frontier = Frontier()
        for sequence in range(scene.size):
            db.executemany("INSERT INTO node VALUES (?, ?, ?)", frontier.append(_rehash(db, sequence)))


def _fork(scene: Scene, path: Path, random: Random) -> None:
    del random
    path.unlink()
    scene.fork(path)


#: Name → changes the journal at ``path``, a copy of the scene's whole one.
TAMPERINGS: Mapping[str, Callable[[Scene, Path, Random], None]] = {
    "bit_flip": _bit_flip,
    "field_edit_with_rehash": _field_edit_with_rehash,
    "delete": _delete,
    "insert": _insert,
    "reorder": _reorder,
    "truncate": _truncate,
    "rollback": _rollback,
    "rebuild": _rebuild,
    "fork": _fork,
}
