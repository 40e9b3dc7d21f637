"""What is compiled of a pack's files is made once, for all scanners of them, and held no longer than they are."""

from __future__ import annotations

import gc
from weakref import ref

from vetting_engine.checks.content import Scanner
from vetting_engine.model.ruleset import Ruleset
from vetting_engine.rulebook import load_ruleset


def test_scanners_of_the_same_files_share_their_languages() -> None:
    one, other = Scanner(load_ruleset("starter")), Scanner(load_ruleset("starter"))

    assert one.lexicon.languages[0] is other.lexicon.languages[0]
    assert one.lexicon.gate(("en",)) is not other.lexicon.gate(("en",))  # it changes with the texts that are read


def test_other_files_are_other_languages() -> None:
    assert Scanner(copied()).lexicon.languages[0] is not Scanner(load_ruleset("starter")).lexicon.languages[0]


def test_languages_go_with_their_last_scanner() -> None:
    scanner = Scanner(copied())
    language = ref(scanner.lexicon.languages[0])

    del scanner
    gc.collect()

    assert language() is None


def copied() -> Ruleset:
    """The pack with a file that nobody else has in use."""
    ruleset = load_ruleset("starter")
    first, *others = ruleset.documents["content"]["terms"]
    content = {**ruleset.documents["content"], "terms": (first.model_copy(), *others)}
    return ruleset.model_copy(update={"documents": {**ruleset.documents, "content": content}})
