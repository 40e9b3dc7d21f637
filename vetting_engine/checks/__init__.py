"""One check per kind; each module offers ``PLUGIN``."""
