"""Nouns: frozen, validated, no input or output."""
