"""How reading a condition stops where it must and goes on where it can.

A part that is wrong raises; whoever reads several parts gathers what each raised, so that an author sees
every fault of a rule at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from vetting_engine.errors import Fault, Param
from vetting_engine.files.yaml import YamlDocument

__all__ = ["MisfitError", "Path", "Places", "RefusedError", "gather"]

T = TypeVar("T")
#: Keys and indexes from the top of a document.
Path = tuple[str | int, ...]


class MisfitError(Exception):
    """A text or name that does not fit, told by code and parameters; whoever knows the place adds it."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class RefusedError(Exception):
    """A part of a document that is wrong, with every fault found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


class Places:
    """The lines of one document, for faults and for what is read from it."""

    def __init__(self, document: YamlDocument) -> None:
        self._document = document

    def line(self, path: Path) -> int:
        """The line of a key path, 1-based."""
        return self._document.at(path).line

    def refuse(self, code: str, path: Path, **params: Param) -> NoReturn:
        """Stop reading the part at ``path``."""
        raise RefusedError((Fault(code, self._document.at(path), params),))

    @contextmanager
    def at(self, path: Path) -> Iterator[None]:
        """A misfit raised inside is a fault at ``path``."""
        try:
            yield
        except MisfitError as misfit:
            key = {"key": str(path[-1]) if path else ""}
            raise RefusedError((Fault(misfit.code, self._document.at(path), {**key, **misfit.params}),)) from None


def gather(calls: Iterable[Callable[[], T]]) -> list[T]:
    """The answers of all calls; raises RefusedError with the faults of all that refused."""
    answers: list[T] = []
    faults: list[Fault] = []
    for call in calls:
        try:
            answers.append(call())
        except RefusedError as refused:
            faults.extend(refused.faults)
    if faults:
        raise RefusedError(faults)
    return answers
