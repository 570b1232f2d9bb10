"""Shared by tests. Every way in which the input can be wrong, each with the smallest broken workspace that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FIGURES = "data/actuals/figures.csv"


HEAD = "area,indicator,period,value,status,published,source,note\n"


A_ROW, B_ROW = (
    "a,growth,H1-2024,4.8,flash,2024-07-20,s1,\n",
    "b,growth,H1-2024,5.1,flash,2024-07-22,s1,\n",
)


GOOD = {
    "targets.toml": """[workspace]
title = "Small city"
city = "city"

[indicators.growth]
name = "Growth"
kind = "growth"
unit = "percent"
prices = "constant"
better = "up"
weight = "level"

[indicators.level]
name = "Level"
kind = "flow"
unit = "100 million CNY"
prices = "current"
better = "up"

[targets.growth.2024]
a = { value = "5", set = 2024-01-15, source = "s1" }
""",
    "data/areas.csv": """id,code,parent,name_en,name_zh,name_fr,aliases,overlaps
city,,,City,,,,
a,,city,Alpha,,,,
b,,city,Beta,,,,
""",
    "data/sources.csv": "id,title,publisher,date,url,copy,file,sha256\ns1,Bulletin,Bureau,2024-07-20,,no,,\n",
    FIGURES: HEAD + A_ROW + B_ROW,
}


PROMISE = 'a = { value = "5", set = 2024-01-15, source = "s1" }'


SOURCES = "data/sources.csv"


REFUSE, LOOK, NOTE = "error", "warning", "info"


def with_life(since: str, until: str, successor: str) -> str:
    """The areas, of which b begins, ends and becomes another."""
    lines = GOOD["data/areas.csv"].splitlines()
    told = [f"{lines[0]},from,until,successor", *(f"{line},,," for line in lines[1:3])]
    return "\n".join([*told, f"{lines[3]},{since},{until},{successor}", ""])


AREAS = "data/areas.csv"
OF_B = 'b = { value = "5", set = 2024-01-15, source = "s1" }'
LIVES: list[tuple[str, str, str, int | None, str, str, str, dict[str, str | bytes | None]]] = [
    ("bad-date", REFUSE, AREAS, 4, "until", "2025-13", with_life("", "2025-13", ""), {}),
    ("unknown-area", REFUSE, AREAS, 4, "successor", "c", with_life("", "2030", "c"), {}),
    (
        "area-life",
        REFUSE,
        AREAS,
        4,
        "until",
        "before",
        with_life("2025", "2024-12-31", ""),
        {FIGURES: HEAD + A_ROW},
    ),
    ("area-life", REFUSE, AREAS, 4, "successor", "its own", with_life("", "2030", "b"), {}),
    ("area-life", REFUSE, AREAS, 4, "until", "no end date", with_life("", "", "a"), {}),
    (
        "outside-life",
        REFUSE,
        FIGURES,
        3,
        "period",
        "ended on 2023-12-31",
        with_life("", "2023", "a"),
        {},
    ),
    (
        "outside-life",
        REFUSE,
        FIGURES,
        3,
        "period",
        "started on 2024-07-01",
        with_life("2024-07", "", ""),
        {},
    ),
    ("past-life", LOOK, FIGURES, 3, "period", "became Alpha", with_life("", "2024-05", "a"), {}),
    (
        "past-life",
        LOOK,
        "targets.toml",
        None,
        "targets.growth.2024.b",
        "ended on 2024-06-30",
        with_life("", "2024-06-30", "a"),
        {"targets.toml": GOOD["targets.toml"] + OF_B},
    ),
    (
        "outside-life",
        REFUSE,
        "targets.toml",
        None,
        "targets.growth.2024.b",
        "ended on 2023-12-31",
        with_life("", "2023-12-31", "a"),
        {"targets.toml": GOOD["targets.toml"] + OF_B, FIGURES: HEAD + A_ROW},
    ),
]


def write(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """The good workspace with files replaced; None leaves a file out."""
    for name, content in (GOOD | (changes or {})).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """One file of the good workspace with one piece of its text changed."""
    assert GOOD[name].count(old) == 1, f"“{old}” stands once in {name}"
    return {name: GOOD[name].replace(old, new)}


@dataclass(frozen=True)
class Fault:
    """A change that breaks the good workspace, and the one finding that it gives."""

    code: str
    severity: str
    file: str
    line: int | None
    column: str
    says: str
    change: dict[str, str | bytes | None] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.code} {self.file.split('/')[-1]} {self.column or self.says}"


def in_toml(code: str, severity: str, key: str, says: str, old: str, new: str) -> Fault:
    """In targets.toml `old` becomes `new`; tomllib tells no lines for values, so the place is the dotted key."""
    return Fault(code, severity, "targets.toml", None, key, says, changed("targets.toml", old, new))


def in_areas(
    code: str, severity: str, line: int, column: str, says: str, old: str, new: str
) -> Fault:
    """In areas.csv `old` becomes `new`."""
    return Fault(
        code, severity, "data/areas.csv", line, column, says, changed("data/areas.csv", old, new)
    )


def in_figure(code: str, severity: str, column: str, says: str, old: str, new: str) -> Fault:
    """In the figure of line 2 `old` becomes `new`; a column named beside those of the format takes the place of note."""
    head = HEAD if column in HEAD else HEAD.replace("note", column)
    return Fault(
        code, severity, FIGURES, 2, column, says, {FIGURES: head + A_ROW.replace(old, new, 1)}
    )


def in_file(
    code: str, severity: str, line: int | None, column: str, says: str, text: str | bytes
) -> Fault:
    """The file of figures has this text."""
    return Fault(code, severity, FIGURES, line, column, says, {FIGURES: text})


def missing(name: str) -> Fault:
    """A file is not there; of the figures, the folder is told, since any name would do."""
    told = "data/actuals" if name == FIGURES else name
    return Fault("file-missing", REFUSE, told, None, "", told, {name: None})


A = "targets.growth.2024.a"


TABLE, BANDS = "[targets.growth.2024]", '[bands]\namber = "0.5pp"\n\n'


FAULTS = [
    *[missing(name) for name in GOOD],
    in_file("empty-file", REFUSE, None, "", FIGURES, ""),
    in_file(
        "not-utf8",
        REFUSE,
        2,
        "",
        "UTF-8",
        (HEAD + A_ROW.replace(",\n", ",déjà\n")).encode("latin-1"),
    ),
    in_file("no-rows", REFUSE, 1, "", FIGURES, HEAD),
    in_file(
        "column-missing",
        REFUSE,
        1,
        "status",
        "status",
        (HEAD + A_ROW).replace("status,", "").replace("flash,", ""),
    ),
    in_file("column-unknown", LOOK, 1, "colour", "colour", HEAD.replace("note", "colour") + A_ROW),
    in_file("column-twice", REFUSE, 1, "value", "value", HEAD.replace("note", "value") + A_ROW),
    Fault(
        "file-ignored",
        LOOK,
        "data/actuals/b.xlsx",
        None,
        "",
        "b.xlsx",
        {"data/actuals/b.xlsx": b"PK"},
    ),
    in_areas("area-tree", LOOK, 4, "parent", "b has no parent", "b,,city,", "b,,,"),
    in_file("row-width", REFUSE, 3, "", "9 fields", HEAD + A_ROW + B_ROW.replace("5.1", "5,1")),
    in_file("row-width", REFUSE, 2, "", "7 fields", HEAD + A_ROW.replace(",\n", "\n") + B_ROW),
    Fault(
        "toml-syntax",
        REFUSE,
        "targets.toml",
        3,
        "8",
        "",
        changed("targets.toml", 'city = "city"', "city = city"),
    ),
    in_toml("key-missing", REFUSE, "workspace.city", "city", 'city = "city"\n', ""),
    in_toml("key-missing", REFUSE, "indicators.growth.name", "name", 'name = "Growth"\n', ""),
    in_toml("key-missing", REFUSE, "indicators.growth.kind", "kind", 'kind = "growth"\n', ""),
    in_toml("key-missing", REFUSE, "indicators.growth.unit", "unit", 'unit = "percent"\n', ""),
    in_toml(
        "key-missing",
        REFUSE,
        "indicators.growth.better",
        "better",
        'better = "up"\nweight',
        "weight",
    ),
    in_toml(
        "key-missing",
        REFUSE,
        "indicators.growth.prices",
        "price basis",
        'prices = "constant"\n',
        "",
    ),  # growth
    in_toml(
        "key-missing", REFUSE, "indicators.level.prices", "price basis", 'prices = "current"\n', ""
    ),  # money
    in_toml(
        "key-unknown",
        LOOK,
        "indicators.growth.colour",
        "colour",
        'name = "Growth"',
        'name = "Growth"\ncolour = "red"',
    ),
    in_toml("key-unknown", LOOK, f"{A}.vaule", "vaule", '"s1" }', '"s1", vaule = "6" }'),
    in_toml(
        "bad-value", REFUSE, "indicators.growth.kind", "rate", 'kind = "growth"', 'kind = "rate"'
    ),
    in_toml("bad-value", REFUSE, f"{A}.stated", "so-so", '"s1" }', '"s1", stated = "so-so" }'),
    in_toml(
        "bad-value",
        REFUSE,
        "workspace.headline",
        "nothing",
        'city = "city"',
        'city = "city"\nheadline = "nothing"',
    ),
    in_areas("id-twice", REFUSE, 5, "id", "“a”", "Beta,,,,\n", "Beta,,,,\na,,city,Gamma,,,,\n"),
    in_areas("id-twice", REFUSE, 4, "name_en", "Alpha", "Beta", "Alpha"),  # two areas of one name
    Fault(
        "id-twice", REFUSE, SOURCES, 3, "id", "s1", {SOURCES: GOOD[SOURCES] + "s1,Other,,,,no,,\n"}
    ),
    in_toml(
        "id-twice",
        REFUSE,
        "indicators.level.aliases",
        "Rate",
        'weight = "level"\n\n[indicators.level]',
        'weight = "level"\naliases = ["rate"]\n\n[indicators.level]\naliases = ["Rate"]',
    ),  # two indicators of one alias
    in_toml(
        "name-is-id",
        LOOK,
        "indicators.level",
        "id of level",
        'name = "Growth"',
        'name = "Level"',
    ),
    in_areas(
        "look-alike", LOOK, 4, "name_en", "Alphа", "Beta", "Alphа"
    ),  # the last letter is Cyrillic
    in_areas("unknown-area", REFUSE, 4, "parent", "nowhere", "b,,city", "b,,nowhere"),
    in_areas("unknown-area", REFUSE, 4, "overlaps", "nowhere", "Beta,,,,", "Beta,,,,nowhere"),
    *(
        Fault(code, severity, file, line, column, says, {"data/areas.csv": life, **more})
        for code, severity, file, line, column, says, life, more in LIVES
    ),
    in_figure("unknown-area", REFUSE, "area", "alfa", "a,", "alfa,"),
    in_toml(
        "unknown-area", REFUSE, "targets.growth.2024.alfa", "alfa", "a = { value", "alfa = { value"
    ),
    in_toml("unknown-area", REFUSE, "workspace.city", "town", 'city = "city"', 'city = "town"'),
    in_figure("unknown-indicator", REFUSE, "indicator", "grwth", "growth", "grwth"),
    in_toml(
        "unknown-indicator", REFUSE, "targets.grwth", "grwth", "[targets.growth", "[targets.grwth"
    ),
    in_figure("unknown-source", LOOK, "source", "s9", "s1", "s9"),
    in_toml("unknown-source", LOOK, f"{A}.source", "s9", '"s1"', '"s9"'),
    in_figure("bad-period", REFUSE, "period", "H3-2024", "H1-2024", "H3-2024"),
    in_toml(
        "bad-period", REFUSE, "targets.growth.13-2024", "13-2024", "growth.2024", "growth.13-2024"
    ),
    in_figure("bad-date", REFUSE, "published", "2024-02-30", "2024-07-20", "2024-02-30"),
    in_toml("bad-date", REFUSE, f"{A}.set", "soon", "2024-01-15", '"soon"'),
    in_figure("bad-status", REFUSE, "status", "guess", "flash", "guess"),
    in_figure("not-a-number", REFUSE, "value", "about right", "4.8", "about right"),
    in_figure(
        "not-a-number", REFUSE, "value", "4.8", "flash", "missing"
    ),  # a figure that is said to be missing
    in_toml("not-a-number", REFUSE, A, "five", '"5"', '"five"'),
    in_figure("wrong-unit", REFUSE, "value", "10%", "growth,H1-2024,4.8", "level,H1-2024,10%"),
    in_figure("wrong-unit", REFUSE, "value", "7.5万", "4.8", "7.5万"),
    in_toml("wrong-unit", REFUSE, A, "7.5万", '"5"', '"7.5万"'),
    *(
        in_toml("bad-relation", REFUSE, A, says, '"5"', value)
        for says, value in (
            ("“gpd”", '">", of = "gpd"'),
            ("level", '">", of = "level"'),
            ("itself", '">", of = "growth"'),
            ("itself", '">=", of = "a"'),
            ("reference", '">=", of = "reference"'),
            ("“<”", '"<", of = "city"'),
            ("“down”", '"down", of = "last-year"'),
            ("last-year", '"up", of = "city"'),
            (">=+1", '">=1", of = "city"'),
            ("top 3", '"third", of = "rank"'),
            ("not both", '">", of = "city", from = 2020'),
            ("2024", '"+3pp", from = 2024'),
            ("“2020”", '"+3pp", from = "2020"'),
            ("points", '"-18%", from = 2020'),
            ("+3pp", '"3", from = 2020'),
        )
    ),
    in_toml(
        "bad-relation",
        REFUSE,
        "targets.growth.2024.city",
        "not a district",
        PROMISE,
        PROMISE.replace("a = ", "city = ").replace('"5"', '"top 3", of = "rank"'),
    ),
    in_file(
        "conflicting-figures", REFUSE, 3, "value", "4.9", HEAD + A_ROW + A_ROW.replace("4.8", "4.9")
    ),
    in_file("duplicate-figure", LOOK, 3, "value", "4.8", HEAD + A_ROW + A_ROW),
    in_toml(
        "target-twice",
        REFUSE,
        f"{A}[1]",
        "“6”",
        PROMISE,
        f"a = [{PROMISE[4:]}, {PROMISE[4:].replace('5', '6', 1)}]",
    ),
    in_toml(
        "weight-not-flow",
        LOOK,
        "indicators.growth.weight",
        "people",
        'weight = "level"',
        'weight = "people"',
    ),
    in_toml("wording-against-better", LOOK, f"{A}.value", "at most 5", '"5"', '"at most 5"'),
    in_toml(
        "wording-against-better", LOOK, f"{A}.aim", "at most 6", '"5"', '"5", aim = "at most 6"'
    ),
    in_toml("terms-contradict", REFUSE, f"{A}.aim", "does not exceed", '"5"', '"5", aim = "4"'),
    in_toml(
        "terms-contradict", REFUSE, f"{A}.aim", "does not exceed", '"5"', '"above 5", aim = "5"'
    ),
    in_toml(
        "terms-contradict", REFUSE, f"{A}.aim", "undisclosed", '"5"', '"5", aim = "undisclosed"'
    ),
    in_toml(
        "terms-contradict", REFUSE, f"{A}.aim", "no aim", '"5"', '"5..6", both = true, aim = "7"'
    ),
    in_toml("terms-contradict", REFUSE, f"{A}.both", "one number", '"5"', '"5", both = true'),
    in_toml("wrong-unit", REFUSE, f"{A}.aim", "7万", '"5"', '"5", aim = "7万"'),
    in_toml("not-a-number", REFUSE, f"{A}.aim", "six", '"5"', '"5", aim = "six"'),
    in_toml("not-a-number", REFUSE, A, "the lower end", '"5"', '"6..5", both = true'),
    in_toml("bad-value", REFUSE, f"{A}.both", "true or false", '"5"', '"5..6", both = "yes"'),
    in_toml("bad-value", REFUSE, f"{A}.class", "binding", '"5"', '"5", class = "bindend"'),
    in_toml("bad-value", REFUSE, f"{A}.by", "reference", '"5"', '"assigned", by = "reference"'),
    in_toml("terms-look-again", LOOK, f"{A}.by", "to itself", '"5"', '"assigned", by = "a"'),
    in_toml(
        "bad-value",
        REFUSE,
        "indicators.growth.amber",
        "0.5pp",
        'weight = "level"',
        'weight = "level"\namber = "0.5"',
    ),
    in_toml("band-in-points", LOOK, "bands.amber", "level", TABLE, BANDS + TABLE),
    in_toml(
        "range-one-sided",
        NOTE,
        f"{A}.value",
        "2..3",
        GOOD["targets.toml"],
        GOOD["targets.toml"].replace('"up"\nweight', '"down"\nweight').replace('"5"', '"2..3"'),
    ),
    in_toml(
        "targets-differ",
        LOOK,
        "targets.online.2024-12.a",
        "“3” and “4”",
        PROMISE,
        PROMISE
        + '\n\n[indicators.online]\nname = "Online"\nkind = "share"\nunit = "percent"\nbetter = "up"'
        + f"\n\n[targets.online.2024]\n{PROMISE}\n\n".replace('"5"', '"4"')
        + f'[targets.online."2024-12"]\n{PROMISE}'.replace('"5"', '"3"'),
    ),
    in_toml(
        "bad-value",
        REFUSE,
        "indicators.level.pace",
        "last-year or calendar",
        'better = "up"\n\n[targets',
        'better = "up"\npace = "daily"\n\n[targets',
    ),
    in_toml(
        "bad-value",
        REFUSE,
        "indicators.growth.pace",
        "flow",
        'weight = "level"',
        'weight = "level"\npace = "calendar"',
    ),
    in_figure("no-source", NOTE, "source", "source", "s1", ""),
    in_toml("no-source", NOTE, f"{A}.source", "source", ', source = "s1"', ""),
    in_figure("no-date", NOTE, "published", "date", "2024-07-20", ""),
    in_toml("no-date", NOTE, f"{A}.set", "date", "set = 2024-01-15, ", ""),
    in_figure("other-basis", NOTE, "prices", "current", ",\n", ",current\n"),
    in_figure("other-basis", NOTE, "scope", "towns only", ",\n", ",towns only\n"),
]
