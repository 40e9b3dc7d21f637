"""People's own keys: Ed25519 signatures over canonical bytes, so that who said something can be shown.

A key file is the person's alone (PKCS 8, readable by its owner only, encrypted where a passphrase is given). What is
signed is prefixed with its purpose, so that no signature serves for anything else.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from vetting_engine.errors import Fault, KeyRingError, Location

__all__ = ["PUBLIC_PREFIX", "SigningKey", "new_key_file", "open_key_file", "signature_holds"]

PUBLIC_PREFIX = "ed25519:"
_PURPOSE = "vetting-engine/{purpose}/1\n"


class SigningKey:
    """A person's private key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public(self) -> str:
        """``ed25519:`` and 64 hexadecimal digits, to be declared."""
        return PUBLIC_PREFIX + self._key.public_key().public_bytes_raw().hex()

    def sign(self, purpose: str, data: bytes) -> str:
        """The signature, 128 hexadecimal digits."""
        return self._key.sign(_told(purpose, data)).hex()


def new_key_file(path: Path, passphrase: str = "") -> SigningKey:
    """A new key in a new file.

    Raises:
        KeyRingError: ``sign.key_exists``: a file is there already; a key is never overwritten.
    """
    key = Ed25519PrivateKey.generate()
    encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRingError(Fault("sign.key_exists", Location(file=path.name))) from None
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    return SigningKey(key)


def open_key_file(path: Path, passphrase: str = "") -> SigningKey:
    """The key in a file.

    Raises:
        KeyRingError: ``sign.key_unusable``: no such file, no Ed25519 key, or another passphrase.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() or None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyRingError(Fault("sign.key_unusable", Location(file=path.name))) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRingError(Fault("sign.key_unusable", Location(file=path.name)))
    return SigningKey(key)


def signature_holds(public: str, purpose: str, data: bytes, signature: str) -> bool:
    """Whether a signature is of these bytes, for this purpose, by the key declared as ``public``."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public.removeprefix(PUBLIC_PREFIX)))
        key.verify(bytes.fromhex(signature), _told(purpose, data))
    except (InvalidSignature, ValueError):
        return False
    return True


def _told(purpose: str, data: bytes) -> bytes:
    return _PURPOSE.format(purpose=purpose).encode() + data
