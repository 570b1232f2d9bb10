"""What several tests share: workspaces, files that were sent, an oracle, readers of what dtrack writes."""
