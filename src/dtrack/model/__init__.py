"""Entities of a workspace (areas, indicators, sources, targets, figures) and the declared columns of every table."""
