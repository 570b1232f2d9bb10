"""Plausibility checks (soft edits): what may be wrong with figures that can be read."""
