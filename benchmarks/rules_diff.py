"""Generated edits of the shipped decisions, compared with the original: is every counterexample real, every proof true?

Each edit changes one decision rule. A counterexample counts as confirmed when the real Deciders of both packs, with
both engines, decide its case otherwise. A proof of equivalence is put to random cases of another seed than the
comparison's own. Edits that only write the same thing otherwise must be proved equivalent.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date

from benchmarks._rule_edits import edits
from vetting_engine.decide import _durable
from vetting_engine.errors import RulesetError
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset
from vetting_engine.workbench._packs import Pack
from vetting_engine.workbench._trial import Trial, random_cases
from vetting_engine.workbench.diff import Comparison, Verdict, compare

NAME = "rules-diff"
ABOUT = "edits of the shipped decisions compared: counterexamples confirmed, proofs tried by search"

_AS_OF = date(2026, 11, 22)
_SEED = 20_261_122


def run(args: Sequence[str]) -> dict[str, object]:
    """Compare, and answer the figures."""
    options = _options(args)
    shipped = load_ruleset(options.pack)
    began = time.perf_counter()
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for edit in edits(shipped, options.edits, options.seed):
        try:
            comparison = compare(shipped, edit.ruleset, as_of=_AS_OF, search=0)
        except RulesetError:
            tally["refused_by_the_pack_rules"] += 1
            continue
        tally["edits"] += 1
        tally[edit.name] += 1
        _count(comparison, tally)
        if comparison.verdict is Verdict.EQUIVALENT and _refuted(shipped, edit.ruleset, options.search, options.seed):
            tally["equivalences_refuted_by_search"] += 1
        if edit.same and comparison.verdict is not Verdict.EQUIVALENT:
            wrong.append(f"{edit.name} of {edit.rule}: {comparison.verdict.value}")
    keys = ("edits", "counterexamples", "confirmed", "equivalences", "equivalences_refuted_by_search", "undecided")
    figures: dict[str, object] = {key: tally.pop(key, 0) for key in keys}
    figures |= {key: tally.pop(key, 0) for key in ("different", "proofs_exact", "refused_by_the_pack_rules")}
    return figures | {
        "same_meaning_judged_otherwise": wrong,
        "durable_missing": _durable.missing() or "",
        "searched_per_equivalence": options.search,
        "seconds": round(time.perf_counter() - began, 1),
        "kinds": dict(sorted(tally.items())),
    }


def _options(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks {NAME}", description=__doc__)
    parser.add_argument("--data", help="not used: the edits are generated")
    parser.add_argument("--pack", default="community-influencer", help="the pack that is edited")
    parser.add_argument("--edits", type=int, default=240, help="edits made (default 240)")
    parser.add_argument("--search", type=int, default=300, help="random cases per proof (default 300)")
    parser.add_argument("--seed", type=int, default=_SEED, help="another seed, other edits")
    return parser.parse_args(args)


def _count(comparison: Comparison, tally: Counter[str]) -> None:
    effects = [effect for change in comparison.changes for effect in change.effects]
    tally["counterexamples"] += len(effects)
    tally["confirmed"] += sum(effect.confirmed for effect in effects)
    tally["equivalences"] += comparison.verdict is Verdict.EQUIVALENT
    tally["proofs_exact"] += comparison.verdict is Verdict.EQUIVALENT and comparison.exact
    tally["different"] += comparison.verdict is Verdict.DIFFERENT
    tally["undecided"] += comparison.verdict is Verdict.UNDECIDED


def _refuted(old: Ruleset, new: Ruleset, count: int, seed: int) -> bool:
    packs = (Pack.of(old, _AS_OF), Pack.of(new, _AS_OF))
    trials = Trial(old), Trial(new)
    return any(len({trial.said(case) for trial in trials}) > 1 for case in random_cases(packs, _AS_OF, count, seed + 1))
