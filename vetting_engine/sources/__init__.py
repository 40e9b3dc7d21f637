"""One list source per format; each module offers ``PLUGIN``."""

from vetting_engine.sources._authorities import AUTHORITIES_FILE, Authorities, Terms, load_authorities
from vetting_engine.sources._load import load_watchlist
from vetting_engine.sources._register import load_register

__all__ = ["AUTHORITIES_FILE", "Authorities", "Terms", "load_authorities", "load_register", "load_watchlist"]
