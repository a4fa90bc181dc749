"""Texts in Markdown: what comes out is clean and comes soon, whatever was typed."""

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.markdown import (
    ALLOWED_TAGS,
    LINK_REL,
    _cleaner,
    markdown_html,
    markdown_plain,
)

REFERENCES = ("persona", "mensaje")
LENGTH = 20_000
MOST_SECONDS = 0.2
_ATTRIBUTES = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "div": {"class", "tabindex"},
    "span": {"data-reference"},
    "table": {"class"},
}


class Seen(HTMLParser):
    """Notes the tags and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one."""
        self.tags.append((tag, dict(attrs)))


def _repeated(part: str) -> str:
    return (part * LENGTH)[:LENGTH]


BOMBS = {
    **{
        part: _repeated(part)
        for part in (
            *("[", "]", "*", "_", "`", "<", ">", "> ", "![", "[](", "[a](", "**a", "a*", "~~", "<a", "<!--"),
            *("<http://", "&", "|", "|a", "- ", "* ", "1. ", "#", "\\", "\n", ">\n", "- a\n  ", "[a]: b\n"),
            *(
                "://",
                "http://a ",
                "a|b\n-|-\n",
                "|-",
                "=\n",
                "a\n=\n",
                "```\n",
                "[x][",
                "[![",
                "*_",
                "\u202e",
            ),
        )
    },
    "quotes nested 200 deep": (">" * 200 + " a\n") * 99,
    "lists nested 190 deep": "\n".join("  " * depth + "- a" for depth in range(190)),
    "a table 3000 columns wide": "|" + "a|" * 3000 + "\n|" + "-|" * 3000 + "\n" + "a\n" * 4000,
    "a table 40 by 200": "|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n" + ("|" + "a|" * 40 + "\n") * 200,
    "a table of 5000 rows": "a|b\n-|-\n" + "a|b\n" * 4990,
    "backticks of every length": "".join("`" * number + "a" for number in range(1, 200)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_drawn_soon(name: str) -> None:
    text = BOMBS[name][:LENGTH]
    started = process_time()
    html = markdown_html(text, references=REFERENCES)
    assert process_time() - started < MOST_SECONDS
    assert len(html) < 12 * LENGTH


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    *(
                        "[",
                        "]",
                        "(",
                        ")",
                        "<",
                        ">",
                        "*",
                        "_",
                        "`",
                        "~",
                        "|",
                        "-",
                        "#",
                        "\n",
                        "\n\n",
                        " ",
                        "a",
                        "!",
                    ),
                    *(
                        "javascript:",
                        "https://x.ar/",
                        "persona:1",
                        "<script>",
                        "<img src=x onerror=y>",
                        "&#106;",
                    ),
                    *(
                        "[a](javascript:b)",
                        "[a](persona:7)",
                        '"',
                        "|a|b|\n|-|-|\n",
                        "> ",
                        "style=",
                        "1. ",
                        "```\n",
                    ),
                ]
            ),
            max_size=60,
        ).map("".join),
    )
)
def test_only_named_tags_and_attributes_come_out_whatever_goes_in(text: str) -> None:
    html = markdown_html(text, references=REFERENCES)
    for tag, attributes in Seen(html).tags:
        assert tag in ALLOWED_TAGS | {"span"}
        assert set(attributes) <= _ATTRIBUTES.get(tag, set())
        if tag == "a":
            assert re.match("https?://", attributes["href"] or "", re.IGNORECASE)
            assert attributes["rel"] == LINK_REL
    assert _cleaner(True).clean(html) == html or "<p>" in html
    assert _cleaner(True).clean(_cleaner(True).clean(html)) == _cleaner(True).clean(html)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#115;cript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
        ),
        *("mailto:ana@example.org", "/admin/", "//otro.example", "file:///etc/passwd", "persona:1"),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    assert "<a" not in markdown_html(f"[mirá]({address}) <{address}>")


def test_html_and_its_like_stay_words() -> None:
    html = markdown_html('<script>alert(1)</script> <b onclick="x">hola</b>\n\n<style>p{}</style>')
    assert {tag for tag, _attributes in Seen(html).tags} <= {"p", "br"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_picture_from_elsewhere_is_a_link() -> None:
    html = markdown_html("![plano](https://otro.example/plano.png)")
    assert html == f'<p><a href="https://otro.example/plano.png" rel="{LINK_REL}">plano</a></p>\n'


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("# uno\n\n## dos\n\n### tres\n\n#### cuatro\n\n##### cinco", "34566"),
        ("## dos\n\n## dos\n\n###### seis\n\n### tres\n\n# uno", "33443"),
    ],
)
def test_headings_stand_right_below_those_of_the_page(typed: str, levels: str) -> None:
    assert "".join(re.findall(r"<h(\d)>", markdown_html(typed))) == levels
    assert "".join(re.findall(r"</h(\d)>", markdown_html(typed))) == levels


def test_a_table_scrolls_in_its_own_box() -> None:
    html = markdown_html("|a|b|\n|-|:-:|\n|1|2|")
    assert '<div class="table-wrap" tabindex="0"><table class="table">' in html
    assert "style" not in html


def test_lines_struck_words_and_plain_addresses() -> None:
    html = markdown_html("uno\ndos ~~tres~~ https://ejemplo.example/a?b=1&c=2.")
    assert "uno<br>\ndos <s>tres</s>" in html
    assert 'href="https://ejemplo.example/a?b=1&amp;c=2"' in html


def test_direction_overrides_are_taken_out() -> None:
    assert "\u202e" not in markdown_html("a\u202eb")


def test_a_reference_is_a_place_to_fill_in_and_keeps_no_label() -> None:
    html = markdown_html("Hola [@Ana Pérez](persona:7f) y [x](otra:1)", references=REFERENCES)
    assert html == '<p>Hola <span data-reference="persona:7f"></span> y [x](otra:1)</p>\n'


def test_a_place_to_fill_in_cannot_be_typed() -> None:
    assert "<span" not in markdown_html('<span data-reference="persona:7"></span>', references=REFERENCES)


def test_quotes_deeper_than_anybody_reads_lose_no_word() -> None:
    html = markdown_html(">" * 200 + " lo de abajo")
    assert "lo de abajo" in html
    assert html.count("<blockquote>") == 6


def test_a_summary_has_words_and_no_marks() -> None:
    text = "# Título\n\nUna **cosa** & [otra](https://a.example).\n\n- x\n- y [@Ana](persona:7)"
    assert markdown_plain(text, references=REFERENCES) == "Título Una cosa & otra. x y"


def test_an_intricate_text_is_shown_as_it_was_typed() -> None:
    html = markdown_html("uno\ndos\n\n" + "[" * 5000)
    assert html.startswith("<p>uno<br>\ndos</p>\n<p>[[[")
