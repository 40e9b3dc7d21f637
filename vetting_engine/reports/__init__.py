"""One report per format; each public module offers ``PLUGIN``."""
