"""A serial number under a date format → ISO text.

Dates become ISO text whatever the format, so that what Excel made a date of (5-2, 1/4) is seen to
be one.
"""

from __future__ import annotations

from datetime import date, timedelta

from dtrack.importing.formats.number_format import Section

_LAST = 2_958_465  # 9999-12-31, in days since 1900
_OUTSIDE = "#####"  # what Excel shows for a date before the first or after the last


def date_text(serial: float, section: Section, *, since_1904: bool = False) -> str:
    """The text of a serial number under a date format.

    Days before 1900-03-01 are a day off the calendar, since Excel believes that 1900 was a leap
    year: its own 1900-02-29 is told as it shows it.
    """
    if not 0 <= serial <= _LAST:
        return _OUTSIDE
    days, seconds = divmod(round(serial * 86_400), 86_400)
    if any(token.kind == "elapsed" for token in section.tokens):
        return _clock(days * 86_400 + seconds)
    letters = {
        letter
        for token in section.tokens
        if token.kind == "date"
        for letter in token.text.casefold()
    }
    timed = bool(letters & set("hs"))
    if not (letters & set("yde") or ("m" in letters and not timed)):
        return _clock(seconds)
    day = _day(days, since_1904=since_1904)
    if not timed and letters & set("ye") and "d" not in letters:
        return day[:7] if "m" in letters else day[:4]
    return f"{day} {_clock(seconds)}" if timed and seconds else day


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _day(days: int, *, since_1904: bool) -> str:
    if since_1904:
        days += 1462
    if days > _LAST:
        return _OUTSIDE
    if days in {0, 60}:
        return "1900-01-00" if days == 0 else "1900-02-29"
    return (date(1899, 12, 31 if days < 60 else 30) + timedelta(days)).isoformat()
