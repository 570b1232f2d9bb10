"""Checks of a dataset: structure across rows, originals, accepted findings."""
