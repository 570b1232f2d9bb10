"""Returns of districts to changesets.

Formats, layout, extraction, comparison with what is on file.
"""
