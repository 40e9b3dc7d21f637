"""The only home of YAML, CSV, XLSX, XML and JSON Lines: size caps and locations."""
