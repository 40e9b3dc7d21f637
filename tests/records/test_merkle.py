"""The tree against the RFC's own recursion, and against probes named for their flaw."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from reference import merkle as oracle

from vetting_engine.records import merkle

SIZES = range(1, 34)
DATA = [bytes([number]) for number in range(SIZES[-1])]
LEAVES = [merkle.leaf_hash(data) for data in DATA]


def fetch(level: int, position: int) -> bytes:
    return oracle.mth(DATA[position << level : (position + 1) << level])


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.root([]) == merkle.EMPTY_ROOT == oracle.mth([])


@pytest.mark.parametrize("size", SIZES)
def test_roots_are_those_of_the_rfc(size: int) -> None:
    assert merkle.root(LEAVES[:size]) == oracle.mth(DATA[:size])


@pytest.mark.parametrize("size", SIZES)
def test_a_frontier_taken_from_stored_subtrees_goes_on_as_if_never_interrupted(size: int) -> None:
    stored = {(0, index): leaf for index, leaf in enumerate(LEAVES)}
    frontier = merkle.Frontier()
    for leaf in LEAVES[:size]:
        for node in frontier.append(leaf):
            assert node.hash == fetch(node.level, node.position)
            stored[node.level, node.position] = node.hash
    resumed = merkle.Frontier(size, [stored[peak] for peak in merkle.peaks(0, size)])
    for leaf in LEAVES[size:]:
        resumed.append(leaf)
    assert resumed.root() == oracle.mth(DATA)


def test_a_frontier_refuses_hashes_that_do_not_fit_its_size() -> None:
    with pytest.raises(ValueError, match="one hash per one bit"):
        merkle.Frontier(3, [LEAVES[0]])


@pytest.mark.parametrize("size", SIZES)
def test_inclusion_proofs_are_those_of_the_rfc_and_verify(size: int) -> None:
    root = oracle.mth(DATA[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(fetch, index, size)
        assert proof == oracle.path(index, DATA[:size])
        assert merkle.verify_inclusion(LEAVES[index], index, size, proof, root)
        assert not merkle.verify_inclusion(LEAVES[index - 1], index, size, proof, root) or size == 1


@pytest.mark.parametrize("size", SIZES)
def test_consistency_proofs_are_those_of_the_rfc_and_verify(size: int) -> None:
    root = oracle.mth(DATA[:size])
    for old in range(1, size + 1):
        proof = merkle.consistency_proof(fetch, old, size)
        assert proof == oracle.proof(old, DATA[:size])
        assert merkle.verify_consistency(old, size, proof, oracle.mth(DATA[:old]), root)
        assert not merkle.verify_consistency(old, size, proof, LEAVES[-1], root)


def test_the_empty_tree_proves_nothing() -> None:
    assert not merkle.verify_consistency(0, 5, [], merkle.EMPTY_ROOT, oracle.mth(DATA[:5]))
    assert not merkle.verify_consistency(0, 0, [], merkle.EMPTY_ROOT, merkle.EMPTY_ROOT)
    with pytest.raises(ValueError, match="no consistency proof"):
        merkle.consistency_proof(fetch, 0, 5)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_there_is_no_path_to_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="is not in a tree"):
        merkle.inclusion_proof(fetch, index, size)
    assert not merkle.verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])


def test_hashes_of_other_lengths_are_refused() -> None:
    """The same bytes cut in another place would hash to the same node."""
    joined = LEAVES[0] + LEAVES[1]
    root = merkle.node_hash(LEAVES[0], LEAVES[1])
    assert merkle.node_hash(joined[:31], joined[31:]) == root
    assert not merkle.verify_inclusion(joined[:31], 0, 2, [joined[31:]], root)


@pytest.mark.data
@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_probes(vetting_data: Path, kind: str) -> None:
    """All probes of transparency-dev/merkle for whole trees: a good proof is taken, each flaw is refused."""
    paths = sorted((vetting_data / "records" / "rfc6962" / kind).rglob("*.json"))
    assert len(paths) == 98
    wrong = []
    for path in paths:
        probe = json.loads(path.read_bytes())
        hashes = {name: base64.b64decode(probe.get(name) or "") for name in ("leafHash", "root", "root1", "root2")}
        proof = [base64.b64decode(part) for part in probe["proof"] or []]
        if kind == "inclusion":
            accepted = merkle.verify_inclusion(
                hashes["leafHash"], probe["leafIdx"], probe["treeSize"], proof, hashes["root"]
            )
        else:
            accepted = merkle.verify_consistency(
                probe["size1"], probe["size2"], proof, hashes["root1"], hashes["root2"]
            )
        if accepted == probe["wantErr"]:
            wrong.append(path.name)
    assert wrong == []
