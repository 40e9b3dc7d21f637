"""What durable-rules answers when it is used as its documentation shows: why there is a strict door to it.

In a process of its own. If one of these ever answers right, the door may be widened on purpose.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import another
import pytest

from vetting_engine.decide import _durable

pytestmark = pytest.mark.skipif(_durable.missing() is not None, reason="durable-rules is not installed here")

HOST = """
import json
import durable.engine

class Host(durable.engine.Host):
    def _run(self):
        pass
"""
SCRIPT = (
    HOST
    + """
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
)

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


#: What ends the process, and by which signal; the door never says it (``tests/decide/test_protocol.py``).
CRASHES = {
    "an empty batch of facts": ('simple().assert_facts("r", [])', signal.SIGSEGV),
    "a division by nothing": ("divided()", signal.SIGFPE),
}
#: What is refused only when a candidate is waiting: the fact is gone, and with it every rule it would have met.
REFUSALS = {
    "a very small number": ('simple().assert_fact("r", {"id": "1", "t": "one", "x": 1e-07})', "204"),
    "more fields than are kept": (
        'simple().assert_fact("r", {"id": "1", "t": "one"} | {f"f{i}": i for i in range(260)})',
        "302",
    ),
    "more tests than one fact may meet": (
        'many(70, lambda i: {"a": {"$gt": {"n": i}}}).assert_fact("r", {"id": "1", "n": 1000})',
        "303",
    ),
    "a rule set too large": ('many(300, lambda i: {"a": {"t": "one"}})', "108"),
}
HAZARDS = (
    HOST
    + """
def many(count, pattern):
    rules = {f"rule{i}": {"all": [pattern(i)], "run": lambda c: None} for i in range(count)}
    return Host({"r": rules})

def simple():
    return many(1, lambda i: {"a": {"t": "one"}})

def divided():
    quotient = {"$div": {"$l": {"a": "n"}, "$r": {"a": "z"}}}
    patterns = [{"a": {"t": "one"}}, {"b": {"$gt": {"n": quotient}}}]
    host = Host({"r": {"rule": {"all": patterns, "run": lambda c: None}}})
    for number in (1, 2):
        host.assert_fact("r", {"id": str(number), "t": "one", "n": 5, "z": 0})
"""
)


def ran(code: str) -> subprocess.CompletedProcess[str]:
    return another.python("-W", "ignore", "-c", code, timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="a process that crashes has no signal there")
@pytest.mark.parametrize("what", CRASHES)
def test_the_plain_library_ends_the_process(what: str) -> None:
    code, by = CRASHES[what]
    assert ran(f"{HAZARDS}\n{code}").returncode == -by


@pytest.mark.parametrize("what", REFUSALS)
def test_the_plain_library_refuses_when_it_is_too_late(what: str) -> None:
    code, error = REFUSALS[what]
    done = ran(f"{HAZARDS}\n{code}")
    assert done.returncode == 1
    assert f"error code: {error}" in done.stderr


def test_the_plain_library_answers_wrongly_in_silence() -> None:
    done = ran(SCRIPT)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: wrong for name, (wrong, _right) in ANSWERS.items()}
