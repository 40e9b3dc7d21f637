"""scan: texts in, findings out, line by line."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import shipped

from vetting_engine.checks.content import Scanner
from vetting_engine.cli import Exit, _scan_run, main
from vetting_engine.cli._scan_run import MAX_LINE_BYTES
from vetting_engine.rulebook import load_ruleset

THREAT = "They are cockroaches, kill them all"
SUPPORT = "Soldiers raped my sister. Where can we get help?"


@pytest.fixture(scope="module")
def kept() -> dict[str, Scanner]:
    return {}


@pytest.fixture(autouse=True)
def one_scanner(monkeypatch: pytest.MonkeyPatch, kept: dict[str, Scanner]) -> None:
    """Reading and compiling the pack once is enough for all of these."""

    def load(pack: str) -> str:
        if pack not in kept:
            kept[pack] = shipped.scanner() if pack == shipped.NAME else Scanner(load_ruleset(pack))
        return pack

    monkeypatch.setattr(_scan_run, "load_ruleset", load)
    monkeypatch.setattr(_scan_run, "Scanner", kept.__getitem__)


def scan(tmp_path: Path, *lines: Any, options: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
    source, target = tmp_path / "texts.jsonl", tmp_path / "found.jsonl"
    told = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    source.write_bytes(b"\n".join(told))
    code = main(["scan", str(source), "--as-of", "2026-07-01", "--out", str(target), *options])
    return code, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_findings_with_their_places(tmp_path: Path) -> None:
    code, (threat, calm) = scan(tmp_path, {"id": 7, "text": THREAT, "language": "en"}, {"id": "b", "text": "Boats"})
    assert code == Exit.DONE
    assert (threat["id"], threat["level"], threat["covered"]) == (7, "needs_review", True)
    spans = [(finding["category"], span) for finding in threat["findings"] for span in finding["spans"]]
    assert "kill them all" in {THREAT[span["start"] : span["end"]] for _, span in spans}
    assert "incitement" in {category for category, _ in spans}
    assert all("excerpt" not in span for _, span in spans)
    assert (calm["id"], calm["level"], calm["findings"]) == ("b", "nothing_found", [])


def test_text_only_where_asked_for_and_never_of_disclosures(tmp_path: Path) -> None:
    _, (threat, support) = scan(
        tmp_path, {"id": 1, "text": THREAT}, {"id": 2, "text": SUPPORT, "language": "en"}, options=("--with-text",)
    )
    assert "kill them all" in {span["excerpt"] for found in threat["findings"] for span in found["spans"]}
    disclosures = [found for found in support["findings"] if found["status"] == "support"]
    assert disclosures
    assert all(found["confidential"] for found in disclosures)
    assert all("excerpt" not in span for found in disclosures for span in found["spans"])


def test_a_language_without_terms_is_said(tmp_path: Path) -> None:
    lines = ({"id": 1, "text": "ali nani"}, {"id": 2, "text": "ali nani", "language": "en"})
    code, (default, own) = scan(tmp_path, *lines, options=("--language", "xx"))
    assert (code, default["covered"], own["covered"]) == (Exit.DONE, False, True)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "json.malformed"),
        (b"[1]", "json.not_object"),
        (b'{"id": 1, "id": 2, "text": "a"}', "json.duplicate_key"),
        (b'{"id": 1, "text": "\\ud83d"}', "json.half_character"),
        (b'{"id": 1, "text": NaN}', "json.not_a_number"),
        (b'{"id": 1e400, "text": "a"}', "scan.no_id"),
        (b'{"id": true, "text": "a"}', "scan.no_id"),
        (b'{"text": "a"}', "scan.no_id"),
        (b'{"id": 1}', "scan.no_text"),
        (b'{"id": 1, "text": ["a"]}', "scan.no_text"),
        (b'{"id": 1, "text": "a", "language": "english, please"}', "scan.not_a_language"),
        (b'{"id": 1, "text": "a", "language": 5}', "scan.not_a_language"),
        (b'{"id": 1, "text": "\xff"}', "file.encoding"),
        (b'{"id": 1, "text": ' + b"[" * 90_000, "json.excessive"),
        (b'{"id": 1, "text": "' + b"x" * 100_001 + b'"}', "post.too_long"),
        (b'{"id": 1, "text": "' + b"x" * 10_000_000 + b'"}', "scan.line_too_long"),
        (b"x" * (MAX_LINE_BYTES + 1), "scan.line_too_long"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: bytes, told: str
) -> None:
    code, found = scan(tmp_path, {"id": 1, "text": "a"}, b"", line, {"id": 2, "text": "b"})
    assert code == Exit.ROWS_REFUSED
    assert [answer["id"] for answer in found] == [1, 2]
    said = capsys.readouterr()
    assert f"({told})" in said.err
    assert "texts.jsonl:3" in said.err
    assert said.out == ""


def test_hostile_texts_have_answers(tmp_path: Path) -> None:
    texts = ["", "\x00", "\u202e" + THREAT, "\u0301" * 5_000, "kill " * 20_000, "\ufeff", "a" * 100_000, "🏴" * 1000]
    code, found = scan(tmp_path, *({"id": number, "text": text} for number, text in enumerate(texts)))
    assert code == Exit.DONE
    assert [answer["id"] for answer in found] == list(range(len(texts)))
    assert found[2]["level"] != "nothing_found"


def test_only_the_first_bad_lines_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = scan(tmp_path, *[b"x"] * 50)
    assert code == Exit.ROWS_REFUSED
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 21
    assert "30" in said[-1]


def test_from_stdin_to_stdout(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'\xef\xbb\xbf{"id": 1, "text": "boats"}\n')))
    assert main(["scan", "-", "--as-of", "2026-07-01"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["id"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["scan", "no-such-file.jsonl"], Exit.ERROR),
        (["scan", "-", "--pack", "no-such-pack"], Exit.USAGE),
        (["scan", "-", "--language", "not a tag"], Exit.USAGE),
    ],
)
def test_what_cannot_begin(arguments: list[str], code: Exit, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    assert "Traceback" not in capsys.readouterr().err


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    """Every text declares another language and another id, and one in ten is a finding."""

    def peak(count: int) -> int:
        texts = (THREAT if number % 10 == 0 else "Boats in the rain" for number in range(count))
        lines = ({"id": f"p{number}", "text": text, "language": f"qa-x-{number}"} for number, text in enumerate(texts))
        source = tmp_path / "many.jsonl"
        with source.open("w") as out:
            out.writelines(json.dumps(line) + "\n" for line in lines)
        tracemalloc.start()
        main(["scan", str(source), "--out", str(tmp_path / "out.jsonl"), "--as-of", "2026-07-01"])
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)  # what is loaded once
    few, many = peak(100), peak(1_100)
    assert many - few < 1_000 * 600  # bytes: the bounded cache of declared languages, no texts and no findings
