"""Exchange formats of official statistics."""
