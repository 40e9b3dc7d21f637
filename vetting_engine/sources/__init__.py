"""One list source per format; each module offers ``PLUGIN``."""
