"""Colours of tones in files that are printed: letters and ground, calm and dark enough to read."""

COLOURS = {  # tone → letters, ground
    "met": ("#1D6B3A", "#E8F3EB"),
    "missed": ("#A32020", "#FBEAE8"),
    "open": ("#7A5A00", "#FDF5DC"),
    "undetermined": ("#7A5A00", "#FDF5DC"),
    "not_reported": ("#6A3A86", "#F3ECF7"),
    "error": ("#A32020", "#FBEAE8"),
    "warning": ("#7A5A00", "#FDF5DC"),
}
QUIET = ("quiet", "info", "no_target")
QUIET_LETTERS = "#6B6B6B"
