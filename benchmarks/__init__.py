"""Measures. ``python -m benchmarks`` lists the suites."""
