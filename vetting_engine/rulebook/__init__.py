"""From a pack of YAML to a typed Ruleset, every fault with its line."""

from __future__ import annotations

from vetting_engine.rulebook.load import check_pack, load_ruleset, pack_digest
from vetting_engine.rulebook.packs import find_pack, shipped_packs
from vetting_engine.rulebook.vocabularies import vocabularies

__all__ = ["check_pack", "find_pack", "load_ruleset", "pack_digest", "shipped_packs", "vocabularies"]
