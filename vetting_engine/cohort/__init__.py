"""Numbers about groups: measures, bounds, suppression. Knows no rules."""
