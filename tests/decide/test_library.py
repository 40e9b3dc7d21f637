"""What durable-rules answers when it is used as its documentation shows: why there is a strict door to it.

In a process of its own. If one of these ever answers right, the door may be widened on purpose.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from vetting_engine.decide import _durable

pytestmark = pytest.mark.skipif(_durable.missing() is not None, reason="durable-rules is not installed here")

SCRIPT = """
import json
import durable.engine

class Host(durable.engine.Host):
    def _run(self):
        pass

def ask(patterns, *facts):
    fired = []
    host = Host({"r": {"rule": {"all": patterns, "run": lambda c: fired.append("fired")}}})
    for number, fact in enumerate(facts):
        try:
            host.assert_fact("r", {"id": str(number), **fact})
        except durable.engine.MessageNotHandledException:
            pass
    return len(fired)

absent = [{"a": {"t": "one"}}, {"b$not": {"t": "other"}}]
print(json.dumps({
    "absence, forbidding fact second": ask(absent, {"t": "one"}, {"t": "other"}),
    "absence, forbidding fact first": ask(absent, {"t": "other"}, {"t": "one"}),
    "long text equal to its beginning": ask([{"a": {"w": "x" * 10}}], {"w": "x" * (65536 + 10)}),
    "2^70 equal to 2^63 - 1": ask([{"a": {"n": 2**63 - 1}}], {"n": 2**70}),
    "text at least a number": ask([{"a": {"$gte": {"n": 100}}}], {"n": "abc"}),
    "true equal to 1": ask([{"a": {"n": 1}}], {"n": True}),
    "both sides of an or": ask([{"a": {"$or": [{"t": "one"}, {"u": 1}]}}], {"t": "one", "u": 1}),
    "one fact in two places": ask([{"a": {"t": "one"}}, {"b": {"t": "one"}}], {"t": "one"}),
    "another field of the same hash": ask([{"a": {"costarring": 1}}], {"liquid": 1}),
}))
"""

#: How often the rule fires, and how often it should.
ANSWERS = {
    "absence, forbidding fact second": (1, 0),
    "absence, forbidding fact first": (0, 0),
    "long text equal to its beginning": (1, 0),
    "2^70 equal to 2^63 - 1": (1, 0),
    "text at least a number": (1, 0),
    "true equal to 1": (1, 0),
    "both sides of an or": (2, 1),
    "one fact in two places": (0, 1),
    "another field of the same hash": (1, 0),
}


def test_the_plain_library_answers_wrongly_in_silence() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == {name: wrong for name, (wrong, _right) in ANSWERS.items()}
