"""Readers of received files, each to a grid of shown text."""
