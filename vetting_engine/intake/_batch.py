"""A batch: candidates, with what belongs to each of them, and the AGD answers apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vetting_engine._log import logger
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.reading import read_head
from vetting_engine.intake._accounts import merge_accounts
from vetting_engine.intake._exports import list_owners, read_exports
from vetting_engine.intake._layout import find_files
from vetting_engine.intake._mapping import Mapping, load_mapping
from vetting_engine.intake._posts import read_posts
from vetting_engine.intake._side_files import read_agd, read_attestations, read_relations
from vetting_engine.intake._side_row import SideRow, keep_once
from vetting_engine.model import limits
from vetting_engine.model.candidate import Account, Attestation, Candidate, Post, Relation
from vetting_engine.model.cohort import SelfReport
from vetting_engine.protocols import BatchRead, CandidateReader
from vetting_engine.registry import discover

__all__ = ["read_batch"]

_GROUP = "vetting_engine.intake"
_MAX_ATTESTATIONS = 200
_Paths = Iterable[str | Path]
_log = logger("intake")


@dataclass(slots=True)
class _Dossier:
    """One candidate and what is added to them."""

    candidate: Candidate
    accounts: list[Account]
    posts: dict[str, Post] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    attestations: list[Attestation] = field(default_factory=list)
    unread_posts: int = 0
    relations_lost: bool = False


def read_batch(
    path: str | Path,
    *,
    mapping: Mapping | str | Path | None = None,
    posts: _Paths = (),
    relations: _Paths = (),
    attestations: _Paths = (),
    agd: _Paths = (),
) -> BatchRead:
    """Candidates with their posts, relations and attestations, and the AGD answers apart.

    Args:
        path: a file of candidates in any known format, or a folder with ``candidates.jsonl`` (or ``.csv``,
            ``.xlsx``) and, as far as there are, ``mapping.yaml``, ``posts*``, ``relations*.csv``,
            ``attestations*.csv``, ``agd*.csv``, and ``posts/<candidate id>/`` with exports of platforms.
        mapping: a mapping, or the file it stands in; it goes before the folder's.
        posts: more files of posts, and folders that hold a folder of exports per candidate.
        relations: more files of relations.
        attestations: more files of attestations.
        agd: more files of AGD answers.

    Returns:
        Good rows, and a fault for each that was refused. Where posts of somebody could not be read, their
        ``unread_posts`` says so, and where a declared relation could not, their relations count as not declared:
        what was lost must not look like nothing. A row that nobody can tell whose it is counts against everybody.

    Raises:
        InputError: the file of candidates, the mapping or the folder cannot be used at all.
    """
    side = {"posts": posts, "relations": relations, "attestations": attestations, "agd": agd}
    layout = find_files(Path(path), side)
    chosen = mapping or layout.mapping
    fields = chosen if isinstance(chosen, Mapping) or chosen is None else load_mapping(chosen)
    batch = _read_candidates(layout.main, fields)
    dossiers = {candidate.id: _open(candidate) for candidate in batch.candidates}
    faults = list(batch.faults)
    dropped = set(batch.dropped_fields)
    zone = fields.zone if fields else None
    for row in _rows(layout.side["posts"], lambda file: read_posts(file, zone), faults):
        dropped.update(f"posts.{name}" for name in row.dropped)
        _add_post(row, _owners(row, dossiers, faults), faults)
    for folder in layout.exports:
        _add_exports(folder, dossiers, zone, faults)
    for row in _rows(layout.side["relations"], read_relations, faults):
        _add_relation(row, _owners(row, dossiers, faults), faults)
    for row in _rows(layout.side["attestations"], read_attestations, faults):
        _add_attestation(row, _owners(row, dossiers, faults))
    reports = _reports(batch.reports, list(_rows(layout.side["agd"], read_agd, faults)), dossiers, faults)
    candidates = tuple(_close(dossier, str(layout.main), faults) for dossier in dossiers.values())
    _log.info("batch read", rows=batch.rows, candidates=len(candidates), faults=len(faults))
    return BatchRead(candidates, reports, tuple(faults), batch.rows, tuple(sorted(dropped)))


def _read_candidates(path: Path, mapping: Mapping | None) -> BatchRead:
    head = read_head(path)
    readers: dict[str, CandidateReader] = dict(discover(_GROUP))
    for reader in readers.values():
        if reader.recognises(head, path):
            return reader.read(path, mapping)
    raise InputError(Fault("intake.unknown_format", Location(str(path)), {"formats": ", ".join(readers)}))


def _rows(files: Iterable[Path], read: Callable[[Path], list[SideRow]], faults: list[Fault]) -> Iterator[SideRow]:
    """The rows of all files; a file that cannot be read at all is one row of nobody's."""
    for file in files:
        try:
            rows = read(file)
        except InputError as error:
            rows = [SideRow(str(file), 0, "", None, error.faults)]
        for row in rows:
            faults += row.faults
            yield row


def _owners(row: SideRow, dossiers: dict[str, _Dossier], faults: list[Fault]) -> list[_Dossier]:
    """Whose row it is: one candidate; none, said as a fault; everybody, where a lost row does not say."""
    if not row.candidate_id:
        return list(dossiers.values()) if row.is_lost else []
    if row.candidate_id in dossiers:
        return [dossiers[row.candidate_id]]
    faults.append(Fault("batch.unknown_candidate", Location(row.file, row.line), {"candidate": row.candidate_id[:40]}))
    return []


def _open(candidate: Candidate) -> _Dossier:
    return _Dossier(
        candidate,
        accounts=list(candidate.accounts),
        posts={post.id: post for post in candidate.posts},
        relations={relation.id: relation for relation in candidate.relations},
        attestations=list(candidate.attestations),
        unread_posts=candidate.unread_posts,
    )


def _add_post(row: SideRow, owners: list[_Dossier], faults: list[Fault]) -> None:
    for owner in owners:
        kept = isinstance(row.value, Post) and keep_once(owner.posts, row.value)
        owner.unread_posts += not kept
        if isinstance(row.value, Post) and not kept:
            faults.append(Fault("post.duplicate", Location(row.file, row.line), {"post": row.value.id}))


def _add_exports(folder: Path, dossiers: dict[str, _Dossier], zone: str | None, faults: list[Fault]) -> None:
    """The exports in ``folder/<candidate id>/``. A file beside those folders is nobody's, so it counts against all."""
    for name, fault in list_owners(folder):
        if fault is not None:
            faults.append(fault)
            for owner in dossiers.values():
                owner.unread_posts += 1
        elif name not in dossiers:
            params = {"candidate": name[:40]}
            faults.append(Fault("batch.unknown_candidate", Location(str(folder / name)), params))
        else:
            _take_exports(folder / name, dossiers[name], zone, faults)


def _take_exports(place: Path, owner: _Dossier, zone: str | None, faults: list[Fault]) -> None:
    for read in read_exports(place, zone):
        merged = merge_accounts(owner.accounts, read.accounts, owner.candidate.languages, str(place))
        owner.accounts = merged.accounts
        owner.unread_posts += read.unread + merged.unread
        faults += [*read.faults, *merged.faults]
        for post in merged.posts:
            if not keep_once(owner.posts, post):
                owner.unread_posts += 1
                faults.append(Fault("post.duplicate", Location(str(place)), {"post": post.id}))


def _add_relation(row: SideRow, owners: list[_Dossier], faults: list[Fault]) -> None:
    for owner in owners:
        kept = isinstance(row.value, Relation) and keep_once(owner.relations, row.value)
        owner.relations_lost |= not kept
        if isinstance(row.value, Relation) and not kept:
            faults.append(Fault("relation.duplicate", Location(row.file, row.line), {"relation": row.value.id}))


def _add_attestation(row: SideRow, owners: list[_Dossier]) -> None:
    if isinstance(row.value, Attestation):
        for owner in owners:
            if row.value not in owner.attestations:
                owner.attestations.append(row.value)


def _reports(
    read: Iterable[SelfReport], rows: Iterable[SideRow], dossiers: dict[str, _Dossier], faults: list[Fault]
) -> tuple[SelfReport, ...]:
    """One self-report per candidate; two for one person contradict each other, and neither counts."""
    found: dict[str, list[tuple[SelfReport, Location]]] = {}
    for report in read:
        found.setdefault(report.candidate_id, []).append((report, Location()))
    for row in rows:
        if isinstance(row.value, SelfReport) and _owners(row, dossiers, faults):
            found.setdefault(row.candidate_id, []).append((row.value, Location(row.file, row.line)))
    for candidate_id, reports in found.items():
        if len(reports) > 1:
            faults += [Fault("agd.duplicate", at, {"candidate": candidate_id}) for _, at in reports]
    return tuple(reports[0][0] for reports in found.values() if len(reports) == 1)


def _close(dossier: _Dossier, file: str, faults: list[Fault]) -> Candidate:
    """The candidate with everything added; what goes beyond a cap is counted as lost."""
    candidate = dossier.candidate
    posts, relations = list(dossier.posts.values()), list(dossier.relations.values())
    for name, held, cap in (("posts", posts, limits.MAX_POSTS), ("relations", relations, limits.MAX_RELATIONS)):
        if len(held) > cap:
            params: dict[str, str | int] = {"candidate": candidate.id, "field": name, "max": cap}
            faults.append(Fault("batch.too_many", Location(file), params))
    declared = candidate.relations_declared or any(tie.source == "declared" for tie in relations)
    lost = dossier.relations_lost or len(relations) > limits.MAX_RELATIONS
    return candidate.model_copy(
        update={
            "accounts": tuple(dossier.accounts),
            "posts": tuple(posts[: limits.MAX_POSTS]),
            "unread_posts": dossier.unread_posts + max(0, len(posts) - limits.MAX_POSTS),
            "relations": tuple(relations[: limits.MAX_RELATIONS]),
            "relations_declared": declared and not lost,
            "attestations": tuple(dossier.attestations[:_MAX_ATTESTATIONS]),
        }
    )
