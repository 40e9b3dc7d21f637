"""Documents that were read before and are still in use, by their very bytes.

Term files take seconds to read. A host that loads its pack for every batch, and packs that extend one another, hold the
same ones; they are frozen, so one copy serves all, and it goes when the last ruleset that holds it goes. Only what was
read without a fault is kept.
"""

from __future__ import annotations

from hashlib import sha256
from weakref import WeakValueDictionary

from pydantic import BaseModel

__all__ = ["keep", "kept"]

_DOCUMENTS: WeakValueDictionary[tuple[type[BaseModel], bytes], BaseModel] = WeakValueDictionary()


def kept(model: type[BaseModel], data: bytes) -> BaseModel | None:
    """What these bytes were read as, if that is still in use."""
    return _DOCUMENTS.get(_key(model, data))


def keep(data: bytes, document: BaseModel) -> None:
    """Remember what these bytes were read as, for as long as somebody uses it."""
    _DOCUMENTS[_key(type(document), data)] = document


def _key(model: type[BaseModel], data: bytes) -> tuple[type[BaseModel], bytes]:
    return model, sha256(data).digest()
