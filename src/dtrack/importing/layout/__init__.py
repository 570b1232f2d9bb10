"""Layout of a sheet: which rows and columns hold areas, periods and figures."""
