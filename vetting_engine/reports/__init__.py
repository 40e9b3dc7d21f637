"""One report per format; each public module offers ``PLUGIN``, and ``configured(options)`` where it has choices."""

from vetting_engine.reports._lists import unusable_lists
from vetting_engine.reports._options import Options

__all__ = ["Options", "unusable_lists"]
