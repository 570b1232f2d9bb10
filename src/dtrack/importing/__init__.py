"""Returns of districts to changesets: formats, layout, extraction, comparison with what is on file."""
