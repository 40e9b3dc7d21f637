"""Readers of candidates and posts; each module offers ``PLUGIN``."""
