"""Canonical cores, seals, keys, the journal and its proofs."""
