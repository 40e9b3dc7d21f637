"""One list source per format; each module offers ``PLUGIN``."""

from vetting_engine.sources._load import load_watchlist

__all__ = ["load_watchlist"]
