"""A collection as a Word document. This module owns python-docx in the exports.

Quotes stand in paragraphs of the style "Quote", whose text is the quote to the code point. Fonts are set for East Asian
text as well, for which Word does not look at the Latin font.
"""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from search_web.quotes.exports import wording
from search_web.quotes.exports.entry import details, document_language
from search_web.quotes.exports.stand_ins import NO_XML, stand_in_note, with_stand_ins

if TYPE_CHECKING:
    from docx.document import Document

    from search_web.quotes.citation import CitationStyle
    from search_web.quotes.exports.entry import Entry
    from search_web.quotes.model import Collection

QUOTE_STYLE = "Quote"
_ATTRIBUTION, _DETAIL, _LINK = "Quote Attribution", "Quote Detail", "Hyperlink"
_LATIN, _EAST_ASIAN = "Georgia", "SimSun"
_GREY, _ALARM, _BLUE = RGBColor(0x59, 0x54, 0x4D), RGBColor(0x9B, 0x1C, 0x1C), RGBColor(0x1F, 0x4E, 0x8C)
_WORD_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_LONGEST_PROPERTY = 255


def to_docx(collection: Collection, entries: tuple[Entry, ...], citation: CitationStyle) -> bytes:
    """Return the collection as a Word document, with its core properties set."""
    document = docx.Document()
    language = document_language(collection, citation)
    _set_page(document)
    _set_styles(document, language)
    _set_properties(document, collection, entries, language)
    _write(_paragraph(document, "Title"), collection.name)
    if collection.description:
        _write(_paragraph(document, "Normal"), collection.description)
    for entry in entries:
        _add_entry(document, entry)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_entry(document: Document, entry: Entry) -> None:
    quote, language = entry.quote, entry.language
    quoted = _paragraph(document, QUOTE_STYLE)
    _write(quoted, quote.text, language=quote.language)
    attribution = _paragraph(document, _ATTRIBUTION)
    _write(attribution, f"— {entry.citation}", language=language)
    if entry.link:
        _write(attribution, " ")
        _add_link(attribution, entry.link, wording.LINK.in_language(language), entry.number)
    for place, (label, text) in enumerate(details(entry)):
        paragraph = _paragraph(document, _DETAIL)
        colon = wording.COLON.in_language(language) if text else ""
        run = _write(paragraph, f"{label}{colon}", language=language)
        run.bold = True
        if entry.mark and not place:
            run.font.color.rgb = _ALARM
        _write(paragraph, text)
    if note := stand_in_note(quote.text, NO_XML, language):
        _write(_paragraph(document, _DETAIL), note, language=language).font.color.rgb = _ALARM


def _paragraph(document: Document, style: str) -> Any:  # noqa: ANN401 - python-docx has no types here.
    """Append a paragraph in a style.

    Document.add_paragraph reads all paragraphs and all styles each time, which made half a minute of a thousand quotes.
    """
    element = OxmlElement("w:p")
    element.style = style.replace(" ", "")
    document.element.body[-1].addprevious(element)
    return Paragraph(element, document)


def _write(paragraph: Any, text: str, *, language: str | None = None) -> Any:  # noqa: ANN401 - python-docx has no types here.
    """Append the text as a run that reads back as it is; line feeds and tabs become those of Word."""
    run = paragraph.add_run()
    for number, line in enumerate(with_stand_ins(text, NO_XML).split("\n")):
        if number:
            run.add_break()
        for place, piece in enumerate(line.split("\t")):
            if place:
                run.add_tab()
            if piece:
                element = OxmlElement("w:t")
                element.text = piece
                element.set(qn("xml:space"), "preserve")
                run._r.append(element)  # noqa: SLF001 - Run.add_text would turn a carriage return into a break.
    if language:
        _set_language(run._r.get_or_add_rPr(), language)  # noqa: SLF001 - python-docx has no property for it.
    return run


def _add_link(paragraph: Any, address: str, label: str, number: int) -> None:  # noqa: ANN401 - As above.
    relationship = f"quote{number}"
    paragraph.part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, relationship, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relationship)
    run = _write(paragraph, label)
    run._r.style = _LINK  # noqa: SLF001 - Run.style reads all styles.
    link.append(run._r)  # noqa: SLF001 - The run moves into the link.
    paragraph._p.append(link)  # noqa: SLF001 - python-docx reads links and makes none.


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)  # noqa: SLF001 - python-docx has no fields.


def _set_styles(document: Document, language: str) -> None:
    styles = document.styles
    for name, kind in ((_ATTRIBUTION, WD_STYLE_TYPE.PARAGRAPH), (_DETAIL, WD_STYLE_TYPE.PARAGRAPH)):
        styles.add_style(name, kind).base_style = styles["Normal"]
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _BLUE, True
    for name, size in (("Normal", 11), ("Title", 24), (QUOTE_STYLE, 13), (_ATTRIBUTION, 11), (_DETAIL, 9)):
        style = styles[name]
        style.font.size = Pt(size)
        _set_fonts(style)
    _set_language(styles["Normal"].element.get_or_add_rPr(), language)
    styles["Title"].font.color.rgb = RGBColor(0x1D, 0x1B, 0x18)
    quote = styles[QUOTE_STYLE]
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0x1D, 0x1B, 0x18)
    quote.paragraph_format.space_before, quote.paragraph_format.space_after = Pt(20), Pt(6)
    quote.paragraph_format.left_indent, quote.paragraph_format.line_spacing = Mm(6), 1.4
    quote.paragraph_format.keep_with_next = True
    attribution = styles[_ATTRIBUTION]
    attribution.paragraph_format.left_indent, attribution.paragraph_format.space_after = Mm(6), Pt(6)
    detail = styles[_DETAIL]
    detail.font.color.rgb = _GREY
    detail.paragraph_format.left_indent, detail.paragraph_format.space_after = Mm(6), Pt(2)


def _set_fonts(style: Any) -> None:  # noqa: ANN401 - As above.
    """Name the fonts themselves; a theme's, which would win over them, are taken away."""
    style.font.name = _LATIN
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), _EAST_ASIAN)
    fonts.set(qn("w:cs"), _LATIN)


def _set_language(properties: Any, language: str) -> None:  # noqa: ANN401 - As above.
    tag = properties.find(qn("w:lang"))
    if tag is None:
        tag = OxmlElement("w:lang")
        properties.append(tag)
    tag.set(qn("w:val"), _WORD_LANGUAGES.get(language, "en-US"))
    tag.set(qn("w:eastAsia"), "zh-CN")


def _set_properties(document: Document, collection: Collection, entries: tuple[Entry, ...], language: str) -> None:
    tags = dict.fromkeys(tag for entry in entries for tag in entry.quote.tags)
    properties = document.core_properties
    properties.title = _property(collection.name)
    properties.subject = wording.QUOTES.in_language(language)
    properties.author = properties.last_modified_by = "Yuanhua 原话"
    properties.comments = _property(collection.description)
    properties.keywords = _property(", ".join(tags))
    properties.language = _WORD_LANGUAGES.get(language, "en-US")
    properties.identifier = _property(collection.id)
    properties.version = str(collection.version)
    properties.created = collection.created_at.astimezone(UTC).replace(tzinfo=None)
    properties.modified = collection.updated_at.astimezone(UTC).replace(tzinfo=None)


def _property(text: str) -> str:
    """Return the text as Word allows it for a property: at most 255 characters, UTF-16 units counted."""
    text = with_stand_ins(text, NO_XML)
    return text.encode("utf-16-le")[: 2 * _LONGEST_PROPERTY].decode("utf-16-le", "ignore")
