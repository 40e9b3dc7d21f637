"""Text in, spans out: folding with offset maps, scripts, terms."""
