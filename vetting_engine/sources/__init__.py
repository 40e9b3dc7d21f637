"""One list source per format; each module offers ``PLUGIN``."""

from vetting_engine.sources._authorities import AUTHORITIES_FILE, Authorities, Terms, load_authorities
from vetting_engine.sources._bounds import Bounds
from vetting_engine.sources._changes import ListChanges, compare_watchlists
from vetting_engine.sources._keep import Kept, authorities_in, fetch_watchlist, import_watchlist, lists_in
from vetting_engine.sources._load import load_watchlist
from vetting_engine.sources._register import load_register

__all__ = [
    "AUTHORITIES_FILE",
    "Authorities",
    "Bounds",
    "Kept",
    "ListChanges",
    "Terms",
    "authorities_in",
    "compare_watchlists",
    "fetch_watchlist",
    "import_watchlist",
    "lists_in",
    "load_authorities",
    "load_register",
    "load_watchlist",
]
