"""Shared by tests. What a reader of the .md finds: GitHub tables, numbers to the right, sentences, numbered sources, how it was made."""

from __future__ import annotations

from markdown_it import MarkdownIt

VIEWER = MarkdownIt("commonmark", {"html": True}).enable("table")


def words(text: str, kind: str = "inline") -> list[str]:
    """The texts of a Markdown file as a viewer shows them; nothing in them may be more than text."""
    found = []
    for token in VIEWER.parse(text):
        assert token.type not in ("html_block", "code_block", "fence")
        if token.type == kind:
            assert {child.type for child in token.children or []} <= {"text", "text_special"}
            found.append("".join(child.content for child in token.children or []))
    return found
