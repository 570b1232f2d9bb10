"""Translated terms: verdicts, wordings, units, statuses, and plain sentences of them.

Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable

from dtrack.core.translate import ENGLISH, N_, _, active_language, counted, joined, ngettext
from dtrack.core.units import scale_and_base

VERDICTS = {
    "met": N_("met"),
    "missed": N_("missed"),
    "open": N_("in progress"),
    "undetermined": N_("cannot be assessed"),
    "not_reported": N_("not reported"),
    "no_target": N_("no target"),
}
SIGNS = {
    "met": "✓",
    "missed": "✗",
    "open": "…",
    "undetermined": "?",
    "not_reported": "!",
    "no_target": "·",
    "": "",
}
ASCII_SIGNS = {
    "met": "+",
    "missed": "x",
    "open": "o",
    "undetermined": "?",
    "not_reported": "!",
    "no_target": ".",
    "": "",
}
CAVEATS = {
    "rounding": N_("{verdict} (within rounding)"),
    "approximate": N_("{verdict} (approximate)"),
    "provisional": N_("{verdict} (provisional)"),
}
LIGHTS = {"green": N_("green"), "amber": N_("amber"), "red": N_("red")}
LIGHT_SIGNS = {"green": "●", "amber": "▲", "red": "■"}  # a shape of its own beside each colour
LIGHT_ASCII_SIGNS = {"green": "O", "amber": "^", "red": "#"}
CLASSES = {"binding": N_("binding"), "expected": N_("expected, not binding")}
# the order in which verdicts are counted
COUNTED = ("missed", "not_reported", "undetermined", "open", "met")
UNITS = {
    "percent": N_("percent"),
    "100 million CNY": N_("hundred million CNY"),
    "10 thousand CNY": N_("ten thousand CNY"),
    "billion CNY": N_("billion CNY"),
    "CNY": N_("CNY"),
    "stations": N_("stations"),
    "firms": N_("firms"),
    "persons": N_("persons"),
    "km": N_("km"),
    "km2": N_("km²"),
    "models": N_("models"),
    "cases": N_("cases"),
    "users": N_("users"),
    "vehicles": N_("vehicles"),
    "intersections": N_("intersections"),
    "hospitals": N_("hospitals"),
    "institutions": N_("institutions"),
    "stations per 10 thousand people": N_("stations per 10 thousand people"),
}
# what is counted or measured, as `scale_and_base` leaves it → its word behind a Chinese scale word
_BASES = {
    **dict.fromkeys(("CNY", "yuan", "RMB"), N_("CNY")),
    **dict.fromkeys(("USD", "US dollars", "dollars"), N_("USD")),
    **dict.fromkeys(("persons", "people", "employees"), N_("persons")),
    **dict.fromkeys(("tonnes", "tons", "t"), N_("tonnes")),
    **dict.fromkeys(("tce", "tonnes of coal equivalent"), N_("tonnes of coal equivalent")),
    **dict.fromkeys(("kWh", "kilowatt-hours"), N_("kWh")),
    **dict.fromkeys(("kW", "kilowatts"), N_("kW")),
    **dict.fromkeys(("km", "kilometres"), N_("km")),
    **dict.fromkeys(("km2", "km²", "square kilometres"), N_("km²")),
    **dict.fromkeys(("m2", "m²", "square metres"), N_("m²")),
    **dict.fromkeys(("m3", "m³", "cubic metres"), N_("m³")),
    **dict.fromkeys(("person-times", "visits"), N_("person-times")),
    **{unit: UNITS[unit] for unit in ("stations", "firms", "users", "vehicles", "cases")},
    "households": N_("households"),
    "hectares": N_("hectares"),
    "visitors": N_("visitors"),
}
_SHORTEST = 3  # letters of a unit that has no plural: gas, ms
_SCALES = {3: "千", 4: "万", 5: "十万", 6: "百万", 7: "千万", 8: "亿", 9: "十亿", 12: "万亿"}
_TENS = {"10": "ten", "100": "hundred", "1000": "thousand"}  # with which English units begin
PRICES = {"constant": N_("constant prices"), "current": N_("current prices")}
BASES = {  # prices and scopes, as the files write them
    "constant": N_("constant"),
    "current": N_("current"),
    "not_stated": N_("not_stated"),
    "other": N_("other"),
}
STATUSES = {
    "expected": N_("expected"),
    "flash": N_("flash"),
    "final": N_("final"),
    "revised": N_("revised"),
    "missing": N_("missing"),
    "illustrative": N_("illustrative"),
    "derived": N_("derived"),
}


def unit_word(unit: str) -> str:
    """A unit in a table: in English as the workspace writes it, else as `known_unit`."""
    return unit if active_language() == ENGLISH else known_unit(unit)


def known_unit(unit: str) -> str:
    """A unit in a sentence: dtrack's word where it has one, else the workspace's own."""
    if unit in UNITS:
        return _(UNITS[unit])
    power, base = scale_and_base(unit)
    if active_language() == "zh" and base in _BASES and power in (0, *_SCALES):
        return _SCALES.get(power, "") + _(_BASES[base])
    return unit


def behind_number(unit: object) -> str:
    """A unit as it stands behind a number.

    5 and 10 thousand do not run together: a power of ten in words, else the unit in brackets.

    >>> behind_number("100 million CNY"), behind_number("tonnes"), behind_number("12 eggs")
    ('hundred million CNY', 'tonnes', '(12 eggs)')
    """
    text = str(unit)
    head, blank, rest = text.partition(" ")
    if head in _TENS and rest and active_language() == ENGLISH:
        text = _TENS[head] + blank + rest
    begins = text[:1].isdigit() or ("\x00" < text[:1] < "\u3000" and text[:1].isnumeric())
    return _("({text})", text=text) if begins else text


def of_one(unit: str, number: object) -> str:
    """A unit behind this number: its first word in the singular behind 1, in French up to 2.

    >>> of_one("tonnes of coal equivalent", 1), of_one("firms", 2)
    ('tonne of coal equivalent', 'firms')
    """
    size, language = abs(float(str(number))), active_language()
    one = size < 2 if language == "fr" else language == ENGLISH and str(number) in ("1", "-1")
    word, blank, rest = unit.partition(" ")
    regular = len(word) > _SHORTEST and word.isalpha() and word.islower()
    if not one or not regular or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return unit
    singular = f"{word[:-3]}y" if language == ENGLISH and word.endswith("ies") else word[:-1]
    return singular + blank + rest


def behind_name(name: object, told: object) -> str:
    """A number, with its unit, as it stands behind a name: in brackets where that ends with one.

    >>> behind_name("PM2.5", "35 µg"), behind_name("Unemployment", "5 %")
    ('(35 µg)', '5 %')
    """
    text = str(told)
    runs = str(name)[-1:].isnumeric() and text[:1] in "+-−0123456789"
    return _("({text})", text=text) if runs else text


def prices_word(prices: str) -> str:
    """At which prices an indicator is: constant prices."""
    return _(PRICES[prices]) if prices in PRICES else prices


def basis_word(basis: str) -> str:
    """Prices or a scope as the files write them; their word in another language."""
    return _(BASES[basis]) if basis in BASES else basis


def status_word(status: str) -> str:
    """A status of a figure in the language spoken."""
    return _(STATUSES[status]) if status in STATUSES else status


def verdict_word(verdict: str) -> str:
    """The word of a verdict; "" where there is none."""
    return _(VERDICTS[verdict]) if verdict else ""


def light_word(light: str) -> str:
    """The word of a light; "" where there is none."""
    return _(LIGHTS[light]) if light else ""


def class_word(held: str) -> str:
    """How a plan holds to a target; "" where that is not told."""
    return _(CLASSES[held]) if held else ""


def verdict_words(verdict: str, basis: str, caveat: str, signs: dict[str, str]) -> str:
    """Sign and `qualified` word; "" where there is none."""
    return qualified(f"{signs[verdict]} {verdict_word(verdict)}", verdict, basis, caveat)


def qualified(word: str, verdict: str, basis: str, caveat: str) -> str:
    """The word of a verdict, *as published* where it is its source's own, or why it is not sure.

    What is in progress is not final in any case: its word says so already.
    """
    if not verdict:
        return ""
    if basis == "stated":
        return _("{verdict} (as published)", verdict=word)
    told = caveat and verdict in ("met", "missed")
    return _(CAVEATS[caveat], verdict=word) if told else word


def verdict_told(verdict: str, caveat: str) -> str:
    """The word of a computed verdict, and why it is not sure."""
    return qualified(verdict_word(verdict), verdict, "computed", caveat)


def basis_in_words(prices: str, scope: str) -> str:
    """What a figure is on that its indicator is not: prices “not_stated” and scope “other”."""
    told = [_("prices “{prices}”", prices=basis_word(prices))] * bool(prices)
    told += [_("scope “{scope}”", scope=basis_word(scope))] * bool(scope)
    return joined(N_(" and "), told)


def tally(counts: dict[str, int], districts: int, promised: int) -> str:
    """How many have a target, and how many of them met it, missed it and so on."""
    if not districts:
        return ""
    whole = ngettext("{count} {district}", "{count} {districts}", districts)
    if not promised:
        return _("None of the {whole} has a published target for this period.", whole=whole)
    return ngettext(
        "{count} of {whole} has a target: {verdicts}.",
        "{count} of {whole} have a target: {verdicts}.",
        promised,
        whole=whole,
        verdicts=counted_verdicts(counts, COUNTED),
    )


def counted_verdicts(counts: dict[str, int], order: tuple[str, ...]) -> str:
    """`2 missed, 1 met`, in the order given."""
    found = [
        _("{count} {verdict}", count=counted(counts[one]), verdict=verdict_word(one))
        for one in order
        if counts.get(one)
    ]
    return joined(N_(", "), found)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after the other, parted as the language parts them; empty ones are left out."""
    told = ""
    for sentence in filter(None, sentences):
        told = _("{first} {second}", first=told, second=sentence) if told else sentence
    return told
