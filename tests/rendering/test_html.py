"""The HTML page: one file that needs nothing else, read here with the parser of the standard library.

In go documents made by hand and the pages of two workspaces; what is asked of them is what officials and their screen
readers need: headings in order, captions, scopes, every figure, words beside colours, and no text that becomes more.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from dtrack.core.translate import numeral, speaking
from dtrack.i18n.formatting import wording_shown
from dtrack.rendering.html import TEMPLATE, render
from dtrack.rendering.html_text import linked, marked_up
from dtrack.reporting.document import (
    Bullet,
    Chart,
    Citation,
    Column,
    Document,
    Line,
    Masthead,
    Sheet,
    Step,
    Tile,
)
from support.pages import Page
from support.payloads import PAYLOADS
from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"


def page(document: Document) -> Page:
    return Page(render(document).decode("utf-8"))


def asked(run, words: str, at=ROOT) -> Page:
    said = run(f"{words} -f html", at=at)
    assert said.code == 0
    return Page(said.out)


def small(**more) -> Sheet:
    columns = (
        Column("area", "Area", ["City", "海淀"], tones=["city", ""]),
        Column("actual", "Actual", ["5.0", "around 12.2万"], right=True, order=[5.0, 122000.0]),
        Column(
            "gap",
            "Gap (pp)",
            [-0.2, float("nan")],
            [1, 1],
            signed=True,
            right=True,
            tones=["missed", ""],
        ),
        Column("verdict", "Verdict", ["✗ missed", ""], tones=["missed", ""]),
        Column(
            "source",
            "Source",
            ["1 · T2 copy", "3"],
            tones=["quiet", "quiet"],
            gives_way=4,
            cites=[[1, 2], [3]],
        ),
    )
    return replace(Sheet("Growth (%)", columns, ("First.", "Second.")), **more)


# Structure


@pytest.mark.parametrize(
    "words",
    [
        "report --half H1-2024",
        "gap -d haidian",
        "city --half H1-2024",
        "status --half H1-2024",
        "targets",
        "sources",
        "check",
        "catchup --half H1-2024",
        "path",
        "revisions",
    ],
)
@pytest.mark.parametrize("at", [ROOT, SYMPOSIUM], ids=["published", "symposium"])
def test_every_document_is_a_page_with_headings_in_order_and_tables_that_say_what_they_are(
    run, words, at
):
    shown = asked(run, words, at)
    levels = [int(tag[1]) for tag, _, _ in shown.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert (
        len(shown.all("main"))
        == len(shown.all("title")) - len(shown.all("desc")) - len(shown.all("g"))
        == 1
    )
    assert len(shown.texts("caption")) == len(shown.all("table"))
    assert all(text.strip() for text in shown.texts("caption", "h1", "h2"))
    assert all(attributes.get("scope") in ("col", "row") for attributes, _ in shown.all("th"))
    names = [attributes["id"] for _, attributes, _ in shown.found if "id" in attributes]
    assert len(names) == len(set(names))
    assert {
        attributes["href"][1:]
        for attributes, _ in shown.all("a")
        if attributes["href"].startswith("#")
    } <= set(names)


def test_the_page_says_its_language_and_marks_chinese(run):
    shown = page(Document("x", ("Haidian · 海淀区",), sheets=(small(),)))
    assert shown.all("html")[0][0] == {"lang": "en"}
    assert [text for attributes, text in shown.all("span") if attributes.get("lang") == "zh"] == [
        "海淀区",
        "海淀",
        "万",
    ]
    assert marked_up("東城区 ガイド") == '<span lang="ja">東城区</span> ガイド'


def test_a_skip_link_leads_to_the_tables():
    shown = page(Document("x", sheets=(small(),)))
    (link,) = [attributes for attributes, _ in shown.all("a") if attributes.get("class") == "skip"]
    assert link["href"] == "#content"
    assert shown.all("main")[0][0]["id"] == "content"


def test_numbers_stand_right_and_verdicts_have_sign_word_and_tone():
    shown = page(Document("x", sheets=(small(),)))
    cells = [(attributes.get("class", ""), text) for attributes, text in shown.all("td")]
    assert cells == [
        ("number", "5.0"),
        ("number missed", "−0.2"),
        ("verdict missed", "✗ missed"),
        ("short quiet fold", "1 · T2 copy"),
        ("number", "around 12.2万"),
        ("number", ""),
        ("verdict", ""),
        ("short quiet fold", "3"),
    ]
    assert ".number { text-align: right; font-variant-numeric: tabular-nums" in TEMPLATE.read_text(
        encoding="utf-8"
    )


def test_a_cell_is_sorted_by_its_number_and_not_by_what_it_says():
    shown = page(Document("x", sheets=(small(),)))
    assert [attributes.get("data-value") for attributes, _ in shown.all("td")] == [
        "5",
        "-0.2",
        None,
        None,
        "122000",
        None,
        None,
        None,
    ]


def test_numbers_of_a_column_of_texts_are_its_order_where_it_names_no_other():
    sheet = Sheet(
        "s",
        (Column("a", "A", ["x", "y"]), Column("t", "T", ["5.0", "around 5"], numbers=[5.0, None])),
    )
    assert [
        attributes.get("data-value")
        for attributes, _ in page(Document("x", sheets=(sheet,))).all("td")
    ] == ["5", None]


def test_source_numbers_lead_to_the_notes_and_other_sources_do_not():
    sources = (
        Citation(1, "One, https://a.example/x?a=1&b=2"),
        Citation(2, "Two, copy"),
        Citation(None, "T before a number: source of the target."),
    )
    shown = page(Document("x", sheets=(small(),), sources=sources))
    links = [
        (attributes["href"], text)
        for attributes, text in shown.all("a")
        if attributes["href"].startswith("#source")
    ]
    assert links == [("#source-1", "1"), ("#source-2", "2")]  # 3 is not among the sources
    assert [attributes["id"] for attributes, _ in shown.all("li") if "id" in attributes] == [
        "source-1",
        "source-2",
    ]
    assert "T before a number" in shown.said
    (address,) = [
        attributes for attributes, _ in shown.all("a") if attributes.get("class") == "address"
    ]
    assert (address["href"], address["rel"]) == (
        "https://a.example/x?a=1&b=2",
        "noreferrer noopener",
    )


def test_remarks_sentences_and_facts_are_told():
    shown = page(
        Document(
            "x", ("T",), ("Tolerance!",), (small(),), ("Below.",), (), (("Period", "H1-2024"),)
        )
    )
    assert all(word in shown.said for word in ("Tolerance!", "First.", "Second.", "Below."))
    assert shown.texts("dt") + shown.texts("dd") == ["Period", "H1-2024"]


def test_an_empty_document_is_a_page_too():
    shown = page(Document("sources"))
    assert shown.texts("h1", "h2") == ["Sources"]
    assert shown.all("table") == []
    assert page(Document("x", sheets=(Sheet("None yet", ()),))).texts("h2") == ["None yet"]


def test_a_workspace_without_targets(city, run):
    made = city("", [("a", "growth", "H1-2024", "5.0"), ("b", "growth", "H1-2024", "6.1")])
    shown = asked(run, "report --half H1-2024", made.folder)
    assert "None of the 4 districts has a published target" in shown.said
    assert len(shown.all("svg")) == 1  # two figures make a picture, one would not


# Every figure is there


@pytest.mark.parametrize("at", [ROOT, SYMPOSIUM], ids=["published", "symposium"])
@pytest.mark.parametrize(
    "words",
    [
        "report --half H1-2024 --all",
        "gap -d haidian --all",
        "status --half H1-2024",
        "city --half H1-2024",
    ],
)
def test_every_figure_of_the_csv_is_on_the_page(run, words, at):
    said = asked(run, words, at).said
    rows = run(f"{words} -f csv", at=at).rows
    assert rows
    # as the page words them: "≥ 8" for ">=8" and 63,000 for 6.3万; without blanks that hold together
    with speaking("en"):
        figures = [
            wording_shown(row.get(name) or "", row["unit"])
            for row in rows
            for name in ("actual_text", "target_text")
            if name in row
        ]
        figures += [numeral(row.get(name) or "") for row in rows for name in ("gap", "vs_city")]
    figures = [re.sub(r"\s+", " ", figure.replace("−", "-")) for figure in figures]
    parts = [
        float(row["contribution"])
        for row in rows
        if row.get("part") in ("performance", "rest", "total") and row["contribution"]
    ]
    told = [float(number) for number in re.findall(r"-?[0-9]+\.[0-9]{2}(?![0-9])", said)]
    # people read hundredths, each rounded once from the exact number
    assert [part for part in parts if min(abs(part - one) for one in told) > 0.00505] == []
    assert any(figures) or parts or words.startswith("status")
    assert [figure for figure in figures if figure not in said] == []


def test_a_long_table_is_whole_on_a_page(tmp_path, build, run):
    rows = [
        ("a", "stock", f"{year}-{month:02d}", str(1000 + year))
        for year in range(2000, 2024)
        for month in (6, 12)
    ]
    made = build(tmp_path / "w", {"stock 2024": {"a": "5000"}}, rows)
    areas = made.folder / "data/areas.csv"
    more = "".join(f"n{number},,city,Area {number},n{number},n{number},,\n" for number in range(60))
    areas.write_text(areas.read_text(encoding="utf-8") + more, encoding="utf-8", newline="\n")
    targets = made.folder / "targets.toml"
    promised = "".join(
        f'n{number} = {{ value = "5", set = 2024-01-15, source = "s1" }}\n' for number in range(60)
    )
    targets.write_text(
        targets.read_text(encoding="utf-8") + promised, encoding="utf-8", newline="\n"
    )
    assert "more areas are not shown" in run("report --half H1-2024", at=made.folder).out
    shown = asked(run, "report --half H1-2024", made.folder)
    assert "more areas are not shown" not in shown.said
    assert all(f"Area {number}" in shown.texts("th") for number in range(60))


# Texts are data


@pytest.mark.parametrize(
    "payload",
    [
        *PAYLOADS.values(),
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}{% raw %}",
        "[/]",
        "</title><b>",
    ],
)
def test_texts_come_out_as_texts_wherever_they_stand(payload):
    columns = (
        Column("area", payload, [payload], tones=[payload]),
        Column("source", "Source", [payload]),
    )
    lines = (Line(payload, (payload, "b"), (1.0, 2.0), ("1", payload)),)
    charts = (
        Chart(payload, payload, payload, (Bullet(payload, 1.0, 2.0, 0.5, payload, payload),)),
        Chart(payload, "", payload, steps=(Step(payload, 1.0, told=payload),)),
        Chart(payload, "", payload, lines=lines),
        Chart(payload, payload, payload, tiles=(Tile(payload, 0, 0, payload, payload, 1.0),)),
    )
    sheet = Sheet(payload, columns, (payload,), charts, payload)
    document = Document(
        payload,
        (payload, payload),
        (payload,),
        (sheet, sheet),
        (payload,),
        (Citation(1, payload), Citation(None, payload)),
        ((payload, payload),),
    )
    raw = render(document).decode("utf-8")
    plain = render(Document("x", ("x", "x"), ("x",), (sheet,), sources=(Citation(1, "x"),))).decode(
        "utf-8"
    )
    assert not any(sign in raw for sign in ("\x1b", "\x07", "\x08", "\u202e"))
    assert "<img" not in raw
    assert "<b>" not in raw
    assert raw.count("<script") == plain.count("<script") == 1
    assert all(
        not name.startswith("on") for _, attributes, _ in Page(raw).found for name in attributes
    )
    if payload.isascii() and payload.isprintable():
        assert re.sub(r"\s+", " ", payload) in Page(raw).said


def test_nothing_is_loaded_and_nothing_foreign_runs(run):
    shown = asked(run, "report --half H1-2024")
    loading = {
        "src",
        "srcset",
        "data",
        "action",
        "formaction",
        "background",
        "poster",
        "ping",
        "xlink:href",
        "style",
    }
    assert [attributes for _, attributes, _ in shown.found if loading & set(attributes)] == []
    assert [
        tag
        for tag, _, _ in shown.found
        if tag in ("link", "img", "iframe", "object", "embed", "base", "form", "use")
    ] == []
    styles = "".join(shown.texts("style"))
    assert "url(" not in styles
    assert "@import" not in styles
    (policy,) = [
        attributes["content"] for attributes, _ in shown.all("meta") if "http-equiv" in attributes
    ]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "see https://a.example/b.",
            'see <a class="address" rel="noreferrer noopener" href="https://a.example/b">https://a.example/b</a>.',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        (
            'http://a"onclick="x',
            '<a class="address" rel="noreferrer noopener" href="http://a">http://a</a>&quot;onclick=&quot;x',
        ),
        ("-0.2 and (-3 pp), H1-2024, 2024-08-30", "−0.2 and (−3\xa0pp), H1-2024, 2024-08-30"),
        ("7.5 % of", "7.5\xa0% of"),
    ],
)
def test_dress_of_a_text(text, shown):
    assert linked(text) == shown


def test_the_same_document_gives_the_same_bytes(run):
    assert run("report --half H1-2024 -f html").out == run("report --half H1-2024 -f html").out


def test_suffix_and_signs_do_not_hang_on_the_terminal(run, tmp_path):
    assert run(f"report --half H1-2024 -o {(tmp_path / 'r.HTM').as_posix()}").code == 0
    written = (tmp_path / "r.HTM").read_bytes()
    assert written == run("report --half H1-2024 -f html").out.encode()
    assert "✗ missed" in written.decode()


# Contrast

GROUNDS, TEXTS = (
    ("paper", "band"),
    ("ink", "quiet", "link", "met", "missed", "open", "undetermined", "not-reported"),
)
SHADES = ("met-1", "met-2", "met-3", "missed-1", "missed-2", "missed-3", "band")
DRAWN = ("plain", "met", "missed", "open", "undetermined", "before-edge", "strong-rule", "ink")


def colours() -> dict[str, dict[str, str]]:
    """The variables of each scheme, as the style sheet sets them."""
    blocks = re.findall(r":root \{(.*?)\}", TEMPLATE.read_text(encoding="utf-8"), re.DOTALL)
    return dict(
        zip(
            ("light", "dark", "print"),
            (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", b)) for b in blocks),
            strict=True,
        )
    )


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_what_the_rule_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(
        4.54, abs=0.01
    )  # the lightest grey that passes on white


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_texts_and_drawings_can_be_read_in_every_scheme(scheme):
    named = colours()[scheme]
    weak = [
        (t, g, contrast(named[t], named[g]))
        for t in TEXTS
        for g in GROUNDS
        if contrast(named[t], named[g]) < 4.5
    ]
    weak += [
        (d, "paper", contrast(named[d], named["paper"]))
        for d in DRAWN
        if contrast(named[d], named["paper"]) < 3
    ]
    weak += [
        ("ink", shade, contrast(named["ink"], named[shade]))
        for shade in SHADES
        if contrast(named["ink"], named[shade]) < 4.5
    ]
    assert weak == []


# Who publishes it


def test_the_publisher_stands_above_the_page_and_below_each_printed_sheet():
    head = Masthead("", 'Bureau "A" <b>', "No. 3", "as at 2024-08-30", "")
    raw = render(Document("x", ("T",), letterhead=head)).decode("utf-8")
    assert Page(raw).all("p")[0] == (
        {"class": "issued"},
        'Bureau "A" <b> · No. 3 · as at 2024-08-30',
    )
    # in a style sheet a text is a string of letters, digits and escapes
    (content,) = re.findall(r"@bottom-left \{ content: \"(.*?)\";", raw)
    assert re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), content) == (
        'Bureau "A" <b> · No. 3 · as at 2024-08-30'
    )
    assert re.fullmatch(r"[A-Za-z0-9 \\]*", content)


@pytest.mark.parametrize("payload", [*PAYLOADS.values(), "</style><script>", '"; } * { x: "', "\\"])
def test_no_publisher_gets_out_of_the_style_sheet(payload):
    raw = render(Document("x", letterhead=Masthead("", payload, payload, "", payload)))
    plain = render(Document("x", letterhead=Masthead("", "p")))
    styles, others = (Page(of.decode("utf-8")).texts("style") for of in (raw, plain))
    assert len(styles) == len(others) == 1
    assert re.sub(r"content: \"[^\"]*\"", "", styles[0]) == re.sub(
        r"content: \"[^\"]*\"", "", others[0]
    )


def test_the_policy_is_the_fingerprint_of_what_stands_in_the_page():
    raw = render(Document("x", ("</title>{{ policy }}",), letterhead=Masthead("", "局"))).decode(
        "utf-8"
    )
    (policy,) = [a["content"] for a, _ in Page(raw).all("meta") if "http-equiv" in a]
    for element in ("style", "script"):
        (code,) = Page(raw).texts(element)
        assert (
            f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
            in policy
        )


def test_rows_are_chosen_by_verdict_only_where_a_column_has_verdicts(run):
    options = [
        asked(run, words, SYMPOSIUM).all("option")
        for words in ("report --half H1-2024", "status --half H1-2024")
    ]
    assert [attributes["value"] for attributes, _ in options[0]][:3] == ["", "met", "missed"]
    assert options[1] == []  # its signs say complete and late


def test_no_page_draws_with_characters(run):
    shown = asked(run, "city --half H1-2024", SYMPOSIUM)
    assert not any(re.search(r"\+\+|--|█|▐", text) for text in shown.texts("td", "th"))
    assert len(shown.all("svg")) >= 1


def test_sheets_stand_in_a_page_by_their_names_and_hostile_ones_by_number():
    sheets = [small(name=name) for name in ("growth", "growth", 'a"b', "", "数字")]
    shown = page(Document("x", sheets=tuple(sheets)))
    assert [a["id"] for a, _ in shown.all("section") if "id" in a] == [
        "s-growth",
        "s2",
        "s3",
        "s4",
        "s5",
    ]


def test_the_matrix_stands_above_all_else_with_its_city_and_counts_as_its_foot():
    columns = (
        Column("area", "Area", ["A", "City", "Missed"], tones=["", "city", "quiet"]),
        Column(
            "growth",
            "Growth",
            ["✗ -0.2", "✓ +0.1", "1 of 1"],
            tones=["missed", "met", "quiet"],
            numbers=[-0.2, 0.1, None],
        ),
        Column("nowhere", "Elsewhere", ["", "", ""]),
    )
    card = Sheet("Scorecard", columns, ("Legend.",), name="scorecard", heat=True)
    shown = page(Document("x", sheets=(card, small(name="growth"))))
    assert shown.texts("h2") == ["Scorecard", "Growth (%)"]
    assert [text for a, text in shown.all("a") if a["href"] == "#s-growth"] == ["Growth"]
    tags = [tag for tag, _, _ in shown.found]
    assert tags.index("tfoot") < tags.index("h2", tags.index("h2") + 1)
    cells = [(a["class"], text) for a, text in shown.all("td") if "heat" in a.get("class", "")]
    assert cells == [("cell heat missed d3", "✗ −0.2"), ("cell heat met d2", "✓ +0.1")]
