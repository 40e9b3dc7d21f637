"""The sealed part: opens with its key for its record, and with nothing else."""

from __future__ import annotations

import base64
from typing import Any

import make
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vetting_engine import canonical
from vetting_engine.errors import EngineError, JournalError
from vetting_engine.model.candidate import Candidate
from vetting_engine.model.record import Sealed
from vetting_engine.records import MemoryKeyRing, build_sealed
from vetting_engine.records.keys import derive, pseudonym_of
from vetting_engine.records.seal import seal, unseal

DIGEST = canonical.digest(b"core")
KEY = MemoryKeyRing(seed="seal").subject_key("c-001")


def content() -> Any:
    vetting = make.escalated()
    return build_sealed(vetting.candidate, vetting.results, vetting.decision)


def test_what_was_sealed_comes_back_whole() -> None:
    vetting = make.escalated()
    opened = unseal(seal(content(), DIGEST, KEY), DIGEST, KEY)
    assert opened == content()
    assert Candidate.model_validate(opened.candidate) == vetting.candidate
    assert opened.results == vetting.results
    assert opened.decision == vetting.decision


def test_nothing_readable_is_left_and_the_key_is_only_named() -> None:
    sealed = seal(content(), DIGEST, KEY)
    ciphertext = base64.b64decode(sealed.ciphertext)
    assert make.escalated().candidate.names[0].text.encode() not in ciphertext
    assert sealed.key_id == pseudonym_of(KEY)
    assert KEY not in canonical.dumps(sealed.model_dump())
    assert derive(KEY, "seal") not in ciphertext


def test_two_seals_of_one_content_differ() -> None:
    first, second = seal(content(), DIGEST, KEY), seal(content(), DIGEST, KEY)
    assert first.nonce != second.nonce
    assert first.ciphertext != second.ciphertext


def changed(text: str, at: int) -> str:
    data = bytearray(base64.b64decode(text))
    data[at] ^= 1
    return base64.b64encode(bytes(data)).decode()


@pytest.mark.parametrize("at", [0, 7, 100, -1, -16])
@pytest.mark.parametrize("part", ["nonce", "ciphertext"])
def test_a_flipped_bit_is_noticed(part: str, at: int) -> None:
    sealed = seal(content(), DIGEST, KEY)
    if part == "nonce":
        at %= 12
    broken = sealed.model_copy(update={part: changed(getattr(sealed, part), at)})
    with pytest.raises(JournalError) as error:
        unseal(broken, DIGEST, KEY)
    assert error.value.faults[0].code == "seal.broken"


@pytest.mark.parametrize("part", [{"nonce": ""}, {"nonce": "not base64!"}, {"ciphertext": "AA=="}, {"key_id": "s-0"}])
def test_parts_that_are_not_what_they_should_be_are_faults(part: dict[str, str]) -> None:
    sealed = seal(content(), DIGEST, KEY).model_copy(update=part)
    with pytest.raises(JournalError) as error:
        unseal(sealed, DIGEST, KEY)
    assert error.value.faults[0].code == "seal.broken"


def test_a_sealed_part_cannot_be_moved_to_another_record_or_key() -> None:
    sealed = seal(content(), DIGEST, KEY)
    for digest, key in ((canonical.digest(b"other"), KEY), (DIGEST, MemoryKeyRing().subject_key("c-001"))):
        with pytest.raises(JournalError):
            unseal(sealed, digest, key)


def test_content_of_another_version_is_named_as_such() -> None:
    sealed = seal(content(), DIGEST, KEY)
    newer = canonical.dumps(content().model_dump(mode="json") | {"added_later": 1})
    nonce = base64.b64decode(sealed.nonce)
    bound = canonical.dumps({"core": DIGEST, "key": sealed.key_id})
    ciphertext = base64.b64encode(AESGCM(derive(KEY, "seal")).encrypt(nonce, newer, bound)).decode()
    with pytest.raises(JournalError) as error:
        unseal(sealed.model_copy(update={"ciphertext": ciphertext}), DIGEST, KEY)
    assert error.value.faults[0].code == "seal.unreadable"


def test_content_outside_the_profile_is_refused() -> None:
    odd = make.result("content", counts={"posts": 0.5})
    with pytest.raises(EngineError) as error:
        seal(build_sealed(make.candidate(), (odd,), make.decision()), DIGEST, KEY)
    assert error.value.faults[0].code == "record.not_canonical"


def test_a_sealed_part_is_text_only() -> None:
    assert all(
        isinstance(value, str) for value in Sealed.model_validate(seal(content(), DIGEST, KEY)).model_dump().values()
    )
