"""Scans texts one by one; nothing is kept, so a million of them need no more memory than one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

import click

from vetting_engine.checks.content import Scanner
from vetting_engine.checks.content.coverage import is_covered
from vetting_engine.cli._exit import Exit
from vetting_engine.cli._failure import say, tell
from vetting_engine.errors import Fault, InputError, Location
from vetting_engine.files.json_lines import parse_line
from vetting_engine.model import limits
from vetting_engine.model.candidate import Post
from vetting_engine.model.evidence import SpanEvidence
from vetting_engine.model.finding import Finding
from vetting_engine.model.scales import Level
from vetting_engine.rulebook import load_ruleset

__all__ = ["MAX_LINE_BYTES", "ScanRequest", "run_scan"]

#: A post of ``limits.MAX_POST_CHARS`` with each character written as two escapes of six, and room for its id.
MAX_LINE_BYTES: Final = 2 * 1024 * 1024
_SHOWN_FAULTS: Final = 20
#: BCP 47, section 2.1, as far as its shape goes.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """What was asked for on the command line."""

    path: str
    pack: str
    languages: tuple[str, ...]
    as_of: date
    out: str
    with_text: bool


def run_scan(request: ScanRequest) -> Exit:
    """Scan every line. Raises VettingError for a pack that cannot be used, OSError for a file that cannot."""
    if not all(map(_LANGUAGE.fullmatch, request.languages)):
        raise click.BadParameter("write it as BCP 47, such as am or hi-Latn", param_hint="--language")
    scanner = Scanner(load_ruleset(request.pack))
    file = "stdin" if request.path == "-" else request.path
    refused = 0
    with click.open_file(request.path, "rb") as source, click.open_file(request.out, "w", encoding="utf-8") as target:
        for number, line in _lines(source):
            try:
                answer = _answer(line, Location(file, number), scanner, request)
            except InputError as error:
                refused += 1
                if refused <= _SHOWN_FAULTS:
                    tell(error.faults)
                continue
            target.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if refused > _SHOWN_FAULTS:
        say("scan.more_refused", count=refused - _SHOWN_FAULTS)
    return Exit.ROWS_REFUSED if refused else Exit.DONE


def _lines(source: IO[Any]) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers; of one that is too long only as much as shows that it is."""
    number = 0
    while line := source.readline(MAX_LINE_BYTES + 1):
        number += 1
        rest = line
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = source.readline(MAX_LINE_BYTES + 1)
        if line.strip():
            yield number, line


def _answer(line: bytes, at: Location, scanner: Scanner, request: ScanRequest) -> dict[str, Any]:
    """What is found in one text; raises InputError where the line holds none."""
    if len(line) > MAX_LINE_BYTES:
        raise InputError(Fault("scan.line_too_long", at, {"max_bytes": MAX_LINE_BYTES}))
    try:
        content = line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(Fault("file.encoding", at, {"encoding": "utf-8", "offset": error.start})) from None
    values = parse_line(content, at)
    name, text, language = values.get("id"), values.get("text"), values.get("language")
    faults = list(_faults(name, text, language, at))
    if faults:
        raise InputError(faults)
    assert isinstance(text, str)
    languages = (language,) if language else request.languages
    findings = scanner.scan(text, languages, request.as_of)
    level = max((finding.level for finding in findings), default=Level.NOTHING_FOUND)
    return {
        "id": name,
        "level": str(level),
        "covered": _is_covered(text, languages, scanner),
        "findings": [_found(finding, with_text=request.with_text) for finding in findings],
    }


def _is_covered(text: str, languages: Sequence[str], scanner: Scanner) -> bool:
    """Whether the pack's terms cover every language the text may be in; without any, the script it is written in."""
    posts = [Post(id="text", text=text, language=language) for language in languages or (None,)]
    return all(is_covered(post, languages, scanner.lexicon) for post in posts)


def _faults(name: object, text: object, language: object, at: Location) -> Iterator[Fault]:
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        yield Fault("scan.no_id", at)
    if not isinstance(text, str):
        yield Fault("scan.no_text", at)
    elif len(text) > limits.MAX_POST_CHARS:
        yield Fault("post.too_long", at, {"max": limits.MAX_POST_CHARS})
    if language not in (None, "") and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        yield Fault("scan.not_a_language", at)


def _found(finding: Finding, *, with_text: bool) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "category": finding.category,
        "status": str(finding.status),
        "level": str(finding.level),
        "severity": str(finding.severity) if finding.severity else None,
        "band": str(finding.band) if finding.band else None,
        "functions": [str(function) for function in finding.functions],
        "confidential": finding.confidential,
        "modifiers": [{"modifier": one.modifier, "to_level": str(one.to_level)} for one in finding.modifiers],
        "spans": [
            _span(span, with_text=with_text and not finding.confidential)
            for span in finding.evidence
            if isinstance(span, SpanEvidence)
        ],
    }


def _span(span: SpanEvidence, *, with_text: bool) -> dict[str, Any]:
    """Where it stands, in code points of the text, ``end`` not included."""
    told = {"start": span.start, "end": span.end, "term": span.term, "kind": span.term_kind, "view": span.view}
    return {**told, "excerpt": span.excerpt} if with_text else told
