"""What vet says at the end."""

from __future__ import annotations

import json
from pathlib import Path

import make
import pytest

from vetting_engine.cli import Exit
from vetting_engine.cli._vet_summary import Outcome, exit_code, show_summary
from vetting_engine.errors import Fault
from vetting_engine.model.decision import Disposition
from vetting_engine.model.run import Run

FRESH = make.run(faults=())
STALE_GAP = make.gap("watchlist.list_stale", params={"list": "un-consolidated", "days": 41, "most": 30})
STALE = make.run(
    make.escalated(), make.vetting(decided=make.decision(Disposition.INCOMPLETE, gaps=(STALE_GAP,))), faults=()
)
REFUSED = make.run()
WARNED = make.run(faults=(Fault("intake.any", severity="warning"),))


def outcome(run: Run, fail_on: Disposition | None = None) -> Outcome:
    return Outcome(run, (Path("out/report.html"),), Path("out/journal.sqlite"), Path("out.keys"), fail_on)


@pytest.mark.parametrize(
    ("run", "fail_on", "code"),
    [
        (FRESH, None, Exit.DONE),
        (WARNED, None, Exit.DONE),
        (REFUSED, None, Exit.ROWS_REFUSED),
        (STALE, None, Exit.LIST_MISSING),
        (FRESH, Disposition.ESCALATE, Exit.REVIEW_NEEDED),
        (STALE, Disposition.NEEDS_REVIEW, Exit.REVIEW_NEEDED),
        (make.run(make.vetting(), faults=()), Disposition.INCOMPLETE, Exit.DONE),
    ],
)
def test_exit_codes_in_their_order(run: Run, fail_on: Disposition | None, code: Exit) -> None:
    assert exit_code(outcome(run, fail_on)) == code


def test_the_summary_counts_and_names_places(capsys: pytest.CaptureFixture[str]) -> None:
    show_summary(outcome(REFUSED), as_json=False, language="en")
    said = capsys.readouterr()
    assert said.err == ""
    assert "3 candidates vetted as of 2026-01-15, 4 rows read, 1 faults in rows or files." in said.out
    for place in ("out/report.html", "out/journal.sqlite", "out.keys", "vetting-engine/checkpoint/1 3"):
        assert place in said.out
    assert "Tamsin" not in said.out


def test_the_summary_as_json_has_the_documented_keys(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    show_summary(outcome(REFUSED), as_json=True, language="en")
    told = json.loads(capsys.readouterr().out)
    page = (root / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in told)
    assert told["dispositions"] == {
        "nothing_found": 1, "conditional": 0, "incomplete": 1, "needs_review": 0, "escalate": 1,
    }  # fmt: skip
    assert told["gaps"] == {"ours": 2, "candidate": 1}
    assert told["exit"] == Exit.ROWS_REFUSED
