"""Texts that people write in Markdown, as HTML that can stand on any page.

CommonMark with tables, struck words and plain addresses; no HTML, no pictures from elsewhere, no styles, no ids. What
comes out holds only the tags and attributes named here, whatever was typed, in a time that its length bounds.
"""

import re
from functools import cache
from html import unescape

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portal.core.plain_text import without_hidden

MAX_TEXT = 60_000
# Deeper quotes are drawn at this depth: nobody reads them, and each level costs.
MAX_QUOTES = 6
MAX_NESTING = 20
# Signs that open something which may never close: people who write need a few hundred, bombs thousands.
MAX_MARKS = 1_500
# Rows times columns, however few of them were typed: a row may leave out its cells.
MAX_CELLS = 6_000
MAX_LINES = 2_000
FIRST_HEADING = 3
LAST_HEADING = 6
LINK_REL = "nofollow ugc noopener noreferrer"
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "ol": {"start"},
    # A title can say another address than the one that it leads to.
    "*": set(),
}
ALLOWED_TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
    *("pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
TABLE_BOX = '<div class="table-wrap" tabindex="0">'

_deep_quotes = re.compile(rf"^((?:[ \t]*>){{{MAX_QUOTES}}})(?:[ \t]*>)+", re.MULTILINE)
_marks = re.compile(r"[\[\]*_~`<>&!]|:/")
_is_web_address = re.compile(r"https?://", re.IGNORECASE).match
_reference = re.compile(r"([a-z]+):([A-Za-z0-9-]{1,40})").fullmatch
_tags = re.compile(r"<[^>]*>")


def markdown_html(text: str, *, references: tuple[str, ...] = ()) -> SafeString:
    """Return the HTML of a text in Markdown, clean enough for any page; a text that is no such thing stays plain.

    Args:
        references: schemes of links that are not addresses but name something to be filled in when it is read:
            with "persona", `[Ana](persona:7)` becomes `<span data-reference="persona:7"></span>`.
    """
    written = _deep_quotes.sub(r"\1", without_hidden(text[:MAX_TEXT]))
    if is_intricate(written):
        return _plain_html(written)
    html = _parser(references).render(written)
    return mark_safe(_cleaner(bool(references)).clean(html))  # noqa: S308 - cleaned in this very line


def markdown_plain(text: str, *, references: tuple[str, ...] = ()) -> str:
    """Return what a text in Markdown says in one line without marks, for summaries; references leave no word."""
    html = markdown_html(text, references=references)
    return " ".join(unescape(_tags.sub("", html)).split())


def is_intricate(text: str) -> bool:
    """Say whether a text has more marks, lines or cells than people write: it is then shown as it was typed."""
    if sum(1 for _mark in _marks.finditer(text)) > MAX_MARKS:
        return True
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return True
    widest = max(line.count("|") for line in lines) + 1
    return widest * len(lines) > MAX_CELLS and "|" in text and "-" in text


def _plain_html(text: str) -> SafeString:
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    lines = "\n".join("<p>" + escape(part.strip()).replace("\n", "<br>\n") + "</p>" for part in paragraphs)
    return mark_safe(lines)  # noqa: S308 - every part was escaped


@cache
def _parser(references: tuple[str, ...]) -> MarkdownIt:
    """Return the reader of Markdown for some schemes of references; it keeps nothing between two texts."""
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "linkify": True, "typographer": False, "breaks": True, "maxNesting": MAX_NESTING},
    )
    parser.enable(["table", "strikethrough", "linkify"])
    # Definitions at the end of a text ("[a]: …") let a few lines be repeated a thousand times.
    parser.disable(["html_inline", "html_block", "reference"])
    if parser.linkify:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.validateLink = lambda url: _may_link(url, references)  # type: ignore[method-assign]
    parser.core.ruler.push("house", _in_house_style)
    return parser


@cache
def _cleaner(with_references: bool) -> nh3.Cleaner:
    tags, attributes = ALLOWED_TAGS, ALLOWED_ATTRIBUTES
    if with_references:
        tags, attributes = tags | {"span"}, attributes | {"span": {"data-reference"}}
    return nh3.Cleaner(
        tags=tags,
        attributes=attributes,
        tag_attribute_values={
            "div": {"class": {"table-wrap"}, "tabindex": {"0"}},
            "table": {"class": {"table"}},
        },
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel=LINK_REL,
    )


def _may_link(url: str, references: tuple[str, ...]) -> bool:
    if _is_web_address(url):
        return True
    named = _reference(url)
    return bool(named and named[1] in references)


def _in_house_style(state: StateCore) -> None:
    """Put headings right below the page's own, let tables scroll, and make of references places to be filled in."""
    tokens: list[Token] = []
    above: list[str] = []
    for token in state.tokens:
        if token.type == "heading_open":
            # People begin with whichever heading looks right; those who hear the page are told of no level between.
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(above) + FIRST_HEADING - 1, LAST_HEADING)}"
        elif token.type == "inline":
            token.children = _inline(token.children or [])
        if token.type == "table_open":
            token.attrSet("class", "table")
            tokens.append(_html(TABLE_BOX))
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(_html("</div>\n"))
    state.tokens = tokens


def _inline(tokens: list[Token]) -> list[Token]:
    """Return what a paragraph holds, with its references as places and its pictures as links."""
    kept: list[Token] = []
    is_inside_reference = False
    for token in tokens:
        if is_inside_reference:
            is_inside_reference = token.type != "link_close"
        elif token.type == "link_open" and not _is_web_address(str(token.attrGet("href"))):
            kept.append(_html(f'<span data-reference="{escape(token.attrGet("href"))}"></span>'))
            is_inside_reference = True
        elif token.type == "image":
            kept.append(_picture_link(token))
        else:
            kept.append(token)
    return kept


def _picture_link(token: Token) -> Token:
    address = str(token.attrGet("src"))
    if not _is_web_address(address):
        return _html(escape(token.content))
    return _html(f'<a href="{escape(address)}">{escape(token.content or address)}</a>')


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)
