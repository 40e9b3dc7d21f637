"""Evaluates the one condition grammar with three values and a full leaf trace."""
