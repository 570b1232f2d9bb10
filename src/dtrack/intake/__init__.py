"""From a file that somebody sent to figures that may be kept: read it, lay it out, understand it, compare it."""
