"""Small edits of a workspace: in come what it holds and words, out come a `Change` and what is said about it.

Nothing is written here. Every edit is looked at by the readers as if it were there (`door`) before it is handed out.
"""
