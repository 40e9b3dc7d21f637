"""One report per format; each module offers ``PLUGIN``."""
