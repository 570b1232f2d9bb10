"""Results worked out from a dataset: selection, assessment, gaps, decomposition, trajectory.

Nothing is shown here.
"""
