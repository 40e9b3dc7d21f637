"""Names: romanised, taken apart, compared part by part, weighed by rarity; and what else identifies a person."""

from vetting_engine.names.compare import NameComparison, compare_names

__all__ = ["NameComparison", "compare_names"]
