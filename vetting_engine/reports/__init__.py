"""One report per format; each public module offers ``PLUGIN``, and ``configured(options)`` where it has choices."""

from vetting_engine.reports._options import Options

__all__ = ["Options"]
