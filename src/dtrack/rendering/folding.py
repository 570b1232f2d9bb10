"""Texts in lines, Chinese by its own rules: no mark is parted from what it belongs to."""

from __future__ import annotations

import re

CHINESE = re.compile("[\u2e80-\uffef]")
# a sign of a verdict stays with its word, an opening mark with what it opens
_PIECE = re.compile(
    r"(?:[✓✗…?!·] )?(?:[（“‘《〈【\[(]\s*)*(?:[^\s\u2e80-\uffef“”‘’]+|[^\s])?"
    r"[）”’》〉】，。、；：！？％)\]]*\s*"
)


def pieces(text: str) -> list[str]:
    """The parts of the text between which a line may end, the blanks behind each still there.

    >>> pieces("✗ 未达到（据来源）")
    ['✗ 未', '达', '到', '（据', '来', '源）']
    """
    return [piece for piece in _PIECE.findall(text) if piece]


def folded(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` letters, a Chinese one counting two.

    A longer piece stands alone.

    >>> folded("差距（百分点）", 8)
    ['差距（百', '分点）']
    """
    from rich.cells import cell_len

    lines = [""]
    for piece in pieces(text):
        if lines[-1] and cell_len(lines[-1]) + cell_len(piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]
