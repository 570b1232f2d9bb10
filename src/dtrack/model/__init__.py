"""Entities of a workspace, and the declared columns of every table."""
