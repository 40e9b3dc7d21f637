"""Names: romanisation, parts, comparison, evidence, index."""
