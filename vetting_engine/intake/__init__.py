"""Readers of candidates and posts; each module offers ``PLUGIN``."""

from vetting_engine.intake._batch import read_batch
from vetting_engine.intake._mapping import Mapping, load_mapping
from vetting_engine.intake._side_files import read_self_reports

__all__ = ["Mapping", "load_mapping", "read_batch", "read_self_reports"]
