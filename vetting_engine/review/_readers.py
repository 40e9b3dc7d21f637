"""``readers.yaml``: whom an office has declared to read which language or script, and the key each signs with.

::

    readers:
      - id: r-1
        languages: [rhg, my]
        scripts: [Rohg]
        public_key: ed25519:…
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field, ValidationError

from vetting_engine.errors import Fault, InputError
from vetting_engine.files import yaml
from vetting_engine.model.base import Noun

__all__ = ["Reader", "read_readers", "reads"]


class Reader(Noun):
    """A declared reader. ``languages`` are BCP 47 tags, ``scripts`` ISO 15924 codes."""

    id: str = Field(min_length=1, max_length=200)
    languages: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    public_key: str = Field(pattern="^ed25519:[0-9a-f]{64}$")


def reads(declared: Sequence[str], about: str, languages: Sequence[str]) -> bool:
    """Whether somebody declared for these languages and scripts may read what a gap is about: its language or script;
    of media, any language that the candidate has declared (``languages``), or anything if there is none.
    """
    kind, _, value = about.partition(":")
    if kind == "script":
        return value in declared
    wanted = (value,) if kind == "language" else languages
    return not wanted or any(_same_language(own, one) for own in declared for one in wanted)


def _same_language(declared: str, wanted: str) -> bool:
    """``ar`` reads ``ar-SD``, and the other way round; ``hi`` and ``hi-Latn`` too: people say which, if it matters."""
    return declared.lower().split("-")[0] == wanted.lower().split("-")[0]


def read_readers(path: Path) -> Mapping[str, Reader]:
    """The declared readers by id.

    Raises:
        InputError: the file cannot be read, or any reader in it (``readers.invalid``), or two of them share an id or a
            key (``readers.twice``): they would be one person.
    """
    document = yaml.load(path, error=InputError)
    listed = document.value.get("readers") if isinstance(document.value, dict) else None
    if not isinstance(listed, list):
        raise InputError(Fault("readers.none", document.at()))
    faults: list[Fault] = []
    readers: list[Reader] = []
    for number, said in enumerate(listed):
        try:
            readers.append(Reader.model_validate(said))
        except ValidationError as error:
            faults += [
                Fault("readers.invalid", document.at(("readers", number, *problem["loc"])), {"reason": problem["msg"]})
                for problem in error.errors(include_url=False, include_input=False)
            ]
    for what in ("id", "public_key"):
        counts = Counter(getattr(reader, what) for reader in readers)
        faults += [
            Fault("readers.twice", document.at(), {"what": value}) for value, times in counts.items() if times > 1
        ]
    if faults:
        raise InputError(faults)
    return {reader.id: reader for reader in readers}
