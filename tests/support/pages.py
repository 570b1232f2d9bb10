"""A page as a reader of HTML finds it: elements, attributes, texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "input", "hr", "line", "rect", "circle", "polyline"}


class Page(HTMLParser):
    """Every element with its attributes and texts, in order; raises where one is closed that was not open."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, list[str]]] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        texts: list[str] = []
        self.found.append((tag, dict(attrs), texts))
        if tag not in VOID:
            self.open.append((tag, texts))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag
        self.open.pop()
        if tag not in ("span", "a"):
            self.text.append(" ")

    def handle_data(self, data):
        if self.open and self.open[-1][0] not in ("script", "style"):
            self.text.append(data)
        for _, texts in self.open:
            texts.append(data)

    def all(self, *tags: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attributes, "".join(texts)) for tag, attributes, texts in self.found if tag in tags
        ]

    def texts(self, *tags: str) -> list[str]:
        return [text for _, text in self.all(*tags)]

    @property
    def said(self) -> str:
        """All the page says, in plain dress: ASCII minus, single blanks."""
        return re.sub(r"\s+", " ", "".join(self.text).replace("−", "-").replace("\xa0", " "))
