"""The bytes that are hashed: canonical JSON in a restricted profile, digests and commitments.

Profile: no floats, ASCII keys, integers below 2^53, no lone surrogates. Inside it, sorted standard
JSON equals RFC 8785 byte for byte (tested against the ``rfc8785`` package); outside it we refuse
rather than guess.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

__all__ = ["DIGEST_PREFIX", "Json", "commitment", "digest", "dumps", "loads"]

#: A JSON value in the profile: str, int, bool, None, mappings with ASCII keys, sequences.
Json = object

DIGEST_PREFIX = "sha256:"
#: RFC 8785 section 3.2.2.3 writes numbers as IEEE doubles: exact only below 2^53.
_INTEGER_LIMIT = 1 << 53


def dumps(value: Json) -> bytes:
    """Canonical UTF-8 bytes of ``value``.

    Raises:
        ValueError, TypeError: the value leaves the profile; the message names the path.
    """
    try:
        if _is_plain(value):
            return _encode(value)
    except UnicodeEncodeError:  # a lone surrogate: the slow way says where
        pass
    _require_profile(value, "$")
    return _encode(value)


def loads(data: bytes) -> Json:
    """The value of canonical bytes; refuses floats and anything that does not re-encode to the same bytes."""
    value: Json = json.loads(data)
    if dumps(value) != data:
        raise ValueError("bytes are JSON but not canonical")
    return value


def digest(data: bytes) -> str:
    """``sha256:`` and 64 hexadecimal digits."""
    return DIGEST_PREFIX + hashlib.sha256(data).hexdigest()


def commitment(key: bytes, data: bytes) -> str:
    """A keyed commitment (HMAC-SHA-256): unlike a bare digest, a guessed name cannot be tested against it."""
    return "hmac-sha256:" + hmac.new(key, data, hashlib.sha256).hexdigest()


def _encode(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _is_plain(value: Json) -> bool:
    """Whether a value is in the profile and made of exact standard types, as nearly all are: records are large, and
    this is five times as fast as ``_require_profile``, which also knows subclasses and names the path of a fault.
    """
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return -_INTEGER_LIMIT < value < _INTEGER_LIMIT  # type: ignore[operator]
    if kind is dict:
        return all(type(key) is str and key.isascii() and _is_plain(item) for key, item in value.items())  # type: ignore[attr-defined]
    return (kind is list or kind is tuple) and all(map(_is_plain, value))  # type: ignore[call-overload]


def _require_profile(value: Json, path: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise ValueError(f"{path}: lone surrogate")
    elif isinstance(value, int):
        if not -_INTEGER_LIMIT < value < _INTEGER_LIMIT:
            raise ValueError(f"{path}: integer outside 2^53")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"{path}: key is not an ASCII string")
            _require_profile(item, f"{path}.{key}")
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for index, item in enumerate(value):
            _require_profile(item, f"{path}[{index}]")
    else:
        raise TypeError(f"{path}: {type(value).__name__} is not in the canonical profile")
