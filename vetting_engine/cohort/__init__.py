"""Counts, quotas, exact chances, reach and suppression of a group: numbers only, knows no rules."""

from __future__ import annotations

from vetting_engine.cohort.measure import UNDISCLOSED, Stages, measure_cells, measure_feature, reach
from vetting_engine.cohort.suppress import ShownCell, mark, shown

__all__ = ["UNDISCLOSED", "ShownCell", "Stages", "mark", "measure_cells", "measure_feature", "reach", "shown"]
