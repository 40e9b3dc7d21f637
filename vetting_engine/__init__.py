"""The vetting engine: rules-based vetting with auditable decision records."""
