"""Questions whose answer is *look again*: what may be wrong with figures that can be read. Nothing here accuses."""
