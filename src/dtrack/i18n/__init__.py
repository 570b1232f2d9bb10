"""Words of dtrack in three languages: gettext catalogues, and how each language says numbers, periods and figures."""
