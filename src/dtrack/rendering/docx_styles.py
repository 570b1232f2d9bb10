"""Paper, letters and paragraphs of a Word file: A4, one serif family, a style for each use.

Latin letters are set in a Latin serif, Chinese ones in Song (headings in Hei): each run of text
finds its letters by the kind of its signs, so that no apostrophe becomes a Chinese one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dtrack.core.translate import active_language

if TYPE_CHECKING:
    from docx.document import Document as Book

LATIN, SONG, HEI = "Times New Roman", "SimSun", "SimHei"
_TAGS = {"en": "en-GB", "fr": "fr-FR", "zh": "zh-CN"}
_MARGIN = 20  # millimetres
_ACROSS, _DOWN = 210, 297
TWIPS = 56.7  # of a millimetre


class _Style(NamedTuple):
    """A style of paragraphs: points, and parts of its w:pPr and w:rPr.

    `lead` stands before the spacing and `tail` behind it, as the schema orders them.
    """

    size: float
    before: float = 0.0
    after: float = 0.0
    lead: str = ""
    tail: str = ""
    letters: str = ""
    heading: bool = False
    name: str = ""


_RULE = '<w:pBdr><w:{} w:val="single" w:sz="{}" w:space="6" w:color="{}"/></w:pBdr>'
_BOLD, _RIGHT, _MIDDLE = "<w:b/>", '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'
_TO_THE_RIGHT = '<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
_NEXT = "<w:keepNext/><w:keepLines/>"
_RED = '<w:b/><w:color w:val="{}"/>'
_STYLES = {
    "Normal": _Style(10, 0, 2, name="Normal"),
    "Title": _Style(16, 4, 2, _NEXT, letters=_BOLD, heading=True, name="Title"),
    "Subtitle": _Style(10, 0, 4, letters='<w:color w:val="4A4A4A"/>', name="Subtitle"),
    "Heading1": _Style(
        12, 8, 2, _NEXT, '<w:outlineLvl w:val="0"/>', _BOLD, heading=True, name="heading 1"
    ),
    "Caption": _Style(9.5, 6, 3, _NEXT, letters=_BOLD, name="caption"),
    "Notice": _Style(10.5, 0, 6, _RULE.format("left", 24, "8A1C1C"), "", _RED.format("8A1C1C")),
    "Masthead": _Style(20, 0, 2, "", _MIDDLE, _RED.format("B01818"), heading=True),
    "MastheadNumber": _Style(11, 0, 4, "", _MIDDLE),
    "MastheadLine": _Style(10.5, 0, 10, _RULE.format("bottom", 12, "B01818") + _TO_THE_RIGHT),
    "Detail": _Style(10.5, 0, 3, "", '<w:ind w:left="400"/>'),
    "Note": _Style(9, 0, 2),
    "ChartNote": _Style(8.5, 2, 4, letters='<w:color w:val="4A4A4A"/>'),
    "SourceLine": _Style(7.5, 0, 0, "", '<w:ind w:left="454" w:hanging="454"/>'),
    "CellText": _Style(8.5),
    "CellNumber": _Style(8.5, tail=_RIGHT),
    "CellHeading": _Style(8.5, lead="<w:keepNext/>", letters=_BOLD),
    "CellHeadingRight": _Style(8.5, lead="<w:keepNext/>", tail=_RIGHT, letters=_BOLD),
    "ChartLabel": _Style(8, lead="<w:keepNext/>"),
    "ChartNumber": _Style(8, lead="<w:keepNext/>", tail=_RIGHT),
    "Gap": _Style(4),
    "Foot": _Style(8.5, lead=_TO_THE_RIGHT, letters='<w:color w:val="4A4A4A"/>'),
}


def room(*, across: bool) -> int:
    """The width between the margins, in twips."""
    return round(((_DOWN if across else _ACROSS) - 2 * _MARGIN) * TWIPS)


def lay_out(book: Book, *, across: bool) -> None:
    """Styles and paper of a new Word file; `across`: the sheets lie on their side."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Mm

    _set_styles(book, room(across=across))
    section = book.sections[0]
    wide, high = (_DOWN, _ACROSS) if across else (_ACROSS, _DOWN)
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.orientation = WD_ORIENTATION.LANDSCAPE if across else WD_ORIENTATION.PORTRAIT
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(18)
    section.header_distance = section.footer_distance = Mm(9)


def language_tag() -> str:
    """The active language as Word and the file's properties name it: zh-CN."""
    return _TAGS.get(active_language(), active_language())


def _set_styles(book: Book, room: int) -> None:
    """The styles of this file in place of the many of python-docx's template."""
    from docx.oxml import parse_xml

    from dtrack.rendering.docx_text import NAMESPACE

    styles = "".join(_xml_of(name, style) for name, style in _STYLES.items())
    styles = styles.replace("{room}", str(room))
    root = book.styles.element
    for element in list(root):
        root.remove(element)
    new = parse_xml(f'<w:styles xmlns:w="{NAMESPACE}">{_defaults()}{styles}</w:styles>')
    root.extend(list(new))


def _defaults() -> str:
    tag = language_tag()
    hint = ' w:hint="eastAsia"' if active_language() == "zh" else ""
    languages = f'<w:lang w:val="{tag if tag != "zh-CN" else "en-GB"}" w:eastAsia="zh-CN"/>'
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"{_fonts(SONG, hint)}{languages}"
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


def _fonts(chinese: str, hint: str = "") -> str:
    latin = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"'
    return f'<w:rFonts {latin} w:eastAsia="{chinese}"{hint}/>'


def _xml_of(key: str, style: _Style) -> str:
    default = ' w:default="1"' if key == "Normal" else ' w:customStyle="1"' * (not style.name)
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    spacing = f'<w:spacing w:before="{style.before * 20:.0f}" w:after="{style.after * 20:.0f}"/>'
    fonts = _fonts(HEI) if style.heading and active_language() == "zh" else ""
    half_points = f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}">'
        f'<w:name w:val="{style.name or key}"/>{based}<w:qFormat/>'
        f"<w:pPr>{style.lead}{spacing}{style.tail}</w:pPr>"
        f"<w:rPr>{fonts}{style.letters}{half_points}</w:rPr></w:style>"
    )
