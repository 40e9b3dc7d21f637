"""People's own keys: signatures that hold for these bytes and this purpose only."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from vetting_engine.errors import KeyRingError
from vetting_engine.records.sign import new_key_file, open_key_file, signature_holds


@pytest.mark.parametrize("passphrase", ["", "river stone"])
def test_a_key_signs_what_it_signed(tmp_path: Path, passphrase: str) -> None:
    made = new_key_file(tmp_path / "own.key", passphrase)
    again = open_key_file(tmp_path / "own.key", passphrase)
    assert made.public == again.public
    signature = again.sign("reading", b"said")
    assert signature_holds(made.public, "reading", b"said", signature)
    for purpose, data, of in (
        ("reading", b"sait", signature),
        ("approval", b"said", signature),
        ("reading", b"said", signature[:-1] + format(int(signature[-1], 16) ^ 1, "x")),
        ("reading", b"said", "no hex"),
        ("reading", b"said", ""),
    ):
        assert not signature_holds(made.public, purpose, data, of)
    assert not signature_holds("ed25519:" + "0" * 63, "reading", b"said", signature)
    assert not signature_holds(new_key_file(tmp_path / "other.key").public, "reading", b"said", signature)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are told otherwise there")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    new_key_file(tmp_path / "own.key")
    assert stat.S_IMODE((tmp_path / "own.key").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    new_key_file(tmp_path / "own.key")
    before = (tmp_path / "own.key").read_bytes()
    with pytest.raises(KeyRingError, match=r"sign\.key_exists"):
        new_key_file(tmp_path / "own.key")
    assert (tmp_path / "own.key").read_bytes() == before


def test_what_is_no_key_of_ours_is_refused(tmp_path: Path) -> None:
    new_key_file(tmp_path / "locked.key", "river stone")
    new_key_file(tmp_path / "open.key")
    (tmp_path / "junk.key").write_bytes(b"-----BEGIN nothing")
    other = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "other.key").write_bytes(other)
    for name, passphrase in (
        ("locked.key", "wrong"), ("locked.key", ""), ("open.key", "river stone"), ("junk.key", ""),
        ("other.key", ""), ("gone.key", ""),
    ):  # fmt: skip
        with pytest.raises(KeyRingError, match=r"sign\.key_unusable"):
            open_key_file(tmp_path / name, passphrase)
