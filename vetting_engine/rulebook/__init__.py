"""From a pack of YAML to a typed Ruleset, every fault with its line."""
