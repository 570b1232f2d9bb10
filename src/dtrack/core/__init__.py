"""Ground floor: periods, published figures, units, names, findings, messages.

It imports nothing else of dtrack.
"""
