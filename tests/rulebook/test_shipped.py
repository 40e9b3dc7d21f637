"""The packs that ship: no fault, no warning; and what rules may read of every installed check."""

from __future__ import annotations

import pytest

from vetting_engine import messages
from vetting_engine.registry import discover
from vetting_engine.rulebook import check_pack, shipped_packs, vocabularies
from vetting_engine.rulebook.protected import protected_word


@pytest.mark.parametrize("pack", shipped_packs())
def test_a_shipped_pack_has_neither_faults_nor_warnings(pack: str) -> None:
    assert [messages.describe(fault) for fault in check_pack(pack)] == []


def test_no_installed_check_offers_its_rules_a_protected_feature() -> None:
    for name, vocabulary in vocabularies(discover("vetting_engine.checks")).items():
        members = {
            f"{over}.{key}": spec for over, ranged in vocabulary.lists.items() for key, spec in ranged.fields.items()
        }
        for field, spec in {**vocabulary.fields, **members}.items():
            assert protected_word(field, name, spec) is None, f"{name}: {field}"
