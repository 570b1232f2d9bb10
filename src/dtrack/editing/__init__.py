"""Small edits of a workspace, each reviewed before it is handed out as a changeset.

Nothing is written here.
"""
