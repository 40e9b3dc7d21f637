"""For rule authors: examples and their runner."""
