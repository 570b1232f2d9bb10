"""What a reader of the .md finds: GitHub tables, numbers to the right, sentences, numbered sources, how it was made.

The text is read back by a CommonMark parser (the one that Rich brings along), as a viewer would.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtrack.core.sanitize import harmless
from dtrack.rendering import markdown
from dtrack.reporting.document import Citation, Column, Detail, Document, Sheet
from support.markdown_words import words
from support.sheets import FULL, SHEETS

WHOLE = Document(
    "t",
    ("City · H1-2024", "City: growth 5.4 %"),
    ("A remark.",),
    (FULL,),
    ("At the end.",),
    (
        Citation(1, "Bulletin, Bureau"),
        Citation(2, "Plan"),
        Citation(None, "T before a number: source of the target."),
    ),
    (("Period", "H1-2024"),),
)
EXPECTED = """# City · H1-2024

City: growth 5.4 %

> A remark.

## Growth (%)

| Area | Target | Gap (pp) | Verdict | Level | Figures |
| --- | --: | --: | --- | --: | --: |
| Beijing | 5.0 | +0.4 | ✓ met | 5754.7 | 3 |
| Haidian | above 6 | -0.25 | ✗ missed | 1234567 | 0 |
| 密云区 | 7 | 0.0 | ✓ met | 0.12 | 12 |
| Yanqing \\| north | 5.50 | -12 | ✗ missed | 2.67 | 1 |

- Two of four missed.

- At the end.

## Sources

1. Bulletin, Bureau
2. Plan

- T before a number: source of the target.

## Method

- Period: H1-2024
"""


def test_the_whole_document():
    assert markdown.render(WHOLE).decode() == EXPECTED


def test_an_empty_document_and_an_empty_sheet():
    assert (
        markdown.render(Document("report", ("City",), below=("Nothing to show.",))).decode()
        == "# City\n\n- Nothing to show.\n"
    )
    assert (
        markdown.render(Document("t", sheets=(SHEETS["empty"],))).decode()
        == "# t\n\n## Nothing\n\n- No row.\n"
    )


def test_a_detail_belongs_to_the_sentence_before_it():
    sheet = Sheet("Findings", (), ("a.csv:7", Detail("growth: 5 is no figure"), "", "→ mend it"))
    assert (
        markdown.render(Document("t", sheets=(sheet,)))
        .decode()
        .endswith("\n- a.csv:7\n  - growth: 5 is no figure\n- → mend it\n")
    )


ESCAPED = {  # text → Markdown that shows it
    "<b>bold</b>": "&lt;b&gt;bold&lt;/b&gt;",
    "a|b": "a\\|b",
    "*a* _b_ `c`": "\\*a\\* \\_b\\_ \\`c\\`",
    "[a](http://example.org)": "\\[a\\](http\\://example.org)",
    "www.example.org": "www\\.example.org",
    "_www.example.org": "\\_www\\.example.org",
    "{#id}": "\\{#id\\}",
    "a@example.org": "a\\@example.org",
    "&lt;": "&amp;lt;",
    "a\nb": "a b",
    "5.0": "5.0",
    ">10": "&gt;10",
    "7.5左右": "7.5左右",
    "C:\\x": "C:\\\\x",
}


@pytest.mark.parametrize(("text", "shown"), ESCAPED.items())
def test_how_a_text_is_escaped(text, shown):
    assert markdown.escaped(text) == shown
    assert words(markdown.escaped(text)) == [harmless(text)]


STARTS = [
    "# a",
    "- a",
    "+ a",
    "1. a",
    "12) a",
    "=== ",
    "---",
    "> a",
    "    a",
    "```a",
    "~~~",
    "* a",
    "|a|b|",
    "<!-- a",
]


@pytest.mark.parametrize("text", STARTS)
def test_a_line_is_a_sentence_whatever_it_begins_with(text):
    document = Document(
        "t",
        (text, text),
        (text,),
        (Sheet(text, (), (text,)),),
        (text,),
        (Citation(1, text),),
        ((text, text),),
    )
    shown = words(markdown.render(document).decode())
    assert shown.count(text.strip()) == 7
    assert shown[-1] == f"{text}: {text}".strip()


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_in_a_cell_is_shown_letter_by_letter(text):
    sheet = Sheet("S", (Column("a", "A", ["x"]), Column("b", "B", [text])))
    shown = words(markdown.render(Document("t", sheets=(sheet,))).decode())
    assert shown[:5] == ["t", "S", "A", "B", "x"]
    assert " ".join("".join(shown[5:]).split()) == " ".join(harmless(text).split())
