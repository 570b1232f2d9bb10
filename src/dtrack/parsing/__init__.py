"""Text of a cell or heading, in any notation, to a figure or a unit."""
