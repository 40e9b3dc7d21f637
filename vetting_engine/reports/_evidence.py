"""Evidence as plain values a page can draw: passages with marks, tables of parts, chains of ties, figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vetting_engine.model.evidence import (
    Evidence,
    FigureEvidence,
    NamePairEvidence,
    PartWeight,
    RelationEvidence,
    RelationStep,
    SpanEvidence,
)
from vetting_engine.reports._words import Words

__all__ = ["evidence_view"]

#: Longer texts are cut in the middle of a passage, never at a mark; the record keeps them whole.
MAX_PASSAGE_CHARS = 1_200
MAX_MARK_CHARS = 400
#: A pair of long names has some forty parts; more are never needed to judge it.
MAX_PARTS = 60
#: Below this a part hardly moves the answer: half a bit either way.
_SLIGHT_CENTIBITS = 50
_STRONG_CENTIBITS = 400


class _Window(NamedTuple):
    """A stretch of one text, with the places in it that are evidence (offsets into the stretch)."""

    start: int
    text: str
    marks: tuple[tuple[int, int], ...]


def evidence_view(evidence: Iterable[Evidence], words: Words) -> dict[str, list[dict[str, object]]]:
    """Lists by kind, each in the order the check gave: ``passages``, ``pairs``, ``paths``, ``figures``."""
    listed = list(evidence)
    texts: dict[tuple[str, str], list[SpanEvidence]] = {}
    for item in listed:
        if isinstance(item, SpanEvidence):
            texts.setdefault((item.where, item.source_id), []).append(item)
    return {
        "passages": [view for spans in texts.values() for view in _passages(spans, words)],
        "pairs": [_pair(item, words) for item in listed if isinstance(item, NamePairEvidence)],
        "paths": [_path(item, words) for item in listed if isinstance(item, RelationEvidence)],
        "figures": [_figure(item, words) for item in listed if isinstance(item, FigureEvidence)],
    }


def _passages(spans: Sequence[SpanEvidence], words: Words) -> list[dict[str, object]]:
    """One passage per stretch of text; spans whose contexts overlap share one."""
    views: list[dict[str, object]] = []
    ordered = sorted(spans, key=lambda span: (span.context_start, span.start))
    for window in _merged([_window(span) for span in ordered]):
        inside = [span for span in spans if window.start <= span.start < window.start + max(1, len(window.text))]
        terms = dict.fromkeys((span.term, span.term_kind, span.view) for span in inside)
        views.append(
            {
                "where": words.word("report.where", spans[0].where),
                "source_id": spans[0].source_id,
                "pieces": _pieces(window),
                "terms": [
                    {
                        "term": term,
                        "kind": words.word("report.term_kind", kind),
                        "view": "" if view == "plain" else words.word("report.text_view", view),
                    }
                    for term, kind, view in terms
                ],
            }
        )
    return views


def _window(span: SpanEvidence) -> _Window:
    # A context that does not hold the excerpt where it says would mark the wrong words: show the excerpt alone.
    start, end = span.start - span.context_start, span.end - span.context_start
    if 0 <= start < end and span.context[start:end] == span.excerpt:
        return _Window(span.context_start, span.context, ((start, end),))
    return _Window(span.start, span.excerpt, ((0, len(span.excerpt)),))


def _merged(windows: Sequence[_Window]) -> list[_Window]:
    merged: list[_Window] = []
    for window in windows:
        last = merged[-1] if merged else None
        shift = window.start - last.start if last else 0
        if last and shift <= len(last.text) and _agree(last.text[shift:], window.text):
            text = last.text if shift + len(window.text) <= len(last.text) else last.text[:shift] + window.text
            moved = tuple((start + shift, end + shift) for start, end in window.marks)
            merged[-1] = _Window(last.start, text, last.marks + moved)
        else:
            merged.append(window)
    return merged


def _agree(left: str, right: str) -> bool:
    shared = min(len(left), len(right))
    return left[:shared] == right[:shared]


def _pieces(window: _Window) -> list[dict[str, object]]:
    pieces: list[dict[str, object]] = []
    done = 0
    marks = _united(window.marks)
    plain_room = MAX_PASSAGE_CHARS // (len(marks) + 1)
    for start, end in marks:
        pieces.append({"text": _cut(window.text[done:start], plain_room), "marked": False})
        pieces.append({"text": _cut(window.text[start:end], MAX_MARK_CHARS), "marked": True})
        done = end
    pieces.append({"text": _cut(window.text[done:], plain_room), "marked": False})
    return [piece for piece in pieces if piece["text"]]


def _united(marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    half = room // 2
    return f"{text[:half]} […] {text[len(text) - half :]}"


def _pair(pair: NamePairEvidence, words: Words) -> dict[str, object]:
    return {
        "ours": pair.candidate_name,
        "theirs": pair.entry_name,
        "entry_name_kind": words.word("report.entry_name_kind", pair.entry_name_kind),
        "entry_id": pair.entry_id,
        "entry_digest": pair.entry_digest,
        "list_id": pair.list_id,
        "list_digest": pair.list_digest,
        "parts": _parts(pair.parts, words),
        "questions": [words.sentence(f"question.{code}", {}) for code in pair.questions],
    }


def _parts(parts: Sequence[PartWeight], words: Words) -> list[dict[str, object]]:
    return [
        {
            "part": words.word("part", part.part),
            "ours": part.ours,
            "theirs": part.theirs,
            "sentence": _part_sentence(part, words),
            "weight": words.word("report.weight", _weight(part.centibits)),
            "sign": _weight(part.centibits),
        }
        for part in parts[:MAX_PARTS]
    ]


def _part_sentence(part: PartWeight, words: Words) -> object:
    params = {"part": part.part, "ours": part.ours, "theirs": part.theirs} | dict(part.params)
    for code in (f"part.{part.part}.{part.code}", f"part.{part.code}"):
        if words.known(code):
            return words.sentence(code, params)
    return words.word("part", part.code)


def _weight(centibits: int) -> str:
    size = abs(centibits)
    if size < _SLIGHT_CENTIBITS:
        return "none"
    return f"{'for' if centibits > 0 else 'against'}{'_strongly' if size >= _STRONG_CENTIBITS else ''}"


def _path(evidence: RelationEvidence, words: Words) -> dict[str, object]:
    return {
        "start": evidence.path[0].from_name,
        "steps": [_step(step, words) for step in evidence.path],
        "register_id": evidence.register_id,
        "register_digest": evidence.register_digest,
        "entry_id": evidence.entry_id,
        "matched_by": words.word("report.matched_by", evidence.matched_by),
        "parts": _parts(evidence.parts, words),
    }


def _step(step: RelationStep, words: Words) -> dict[str, object]:
    return {
        "relation": words.word("relation", f"{step.relation}.backward" if step.backward else step.relation),
        "to": step.to_name,
        "to_id": step.to_id or "",
        "source": words.word("report.source", step.source) if step.source else "",
        "current": step.current,
    }


def _figure(figure: FigureEvidence, words: Words) -> dict[str, object]:
    return {
        "name": words.word("figure", figure.name),
        "value": str(figure.value),
        "bound": "" if figure.bound is None else str(figure.bound),
    }
