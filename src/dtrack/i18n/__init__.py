"""Words of dtrack in three languages.

Gettext catalogues, and how each language says numbers, periods and figures.
"""
