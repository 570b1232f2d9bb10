"""Words in three languages: gettext catalogues, terms, numbers, periods and figures."""
