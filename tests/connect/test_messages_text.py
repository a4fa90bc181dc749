"""Messages are text: shown as it was written, never as HTML."""

import pytest

from connect.messaging.text import message_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('<img src=x onerror="x">', "&lt;img src=x onerror=&quot;x&quot;&gt;"),
        ("Uno\nDos", "Uno<br>Dos"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("ana@example.org", "ana@example.org"),
    ],
)
def test_everything_is_escaped_and_only_lines_break(text: str, shown: str) -> None:
    assert message_html(text) == shown


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("Mirá https://rafaela.gob.ar/a?b=1&c=2.", "https://rafaela.gob.ar/a?b=1&amp;c=2", "."),
        (
            "(https://es.wikipedia.org/wiki/Chivilcoy_(Argentina))",
            "https://es.wikipedia.org/wiki/Chivilcoy_(Argentina)",
            ")",
        ),
        (
            'https://x.example/"onmouseover="alert(1)',
            "https://x.example/",
            "&quot;onmouseover=&quot;alert(1)",
        ),
        ("https://x.example/<b>", "https://x.example/", "&lt;b&gt;"),
    ],
)
def test_web_addresses_are_links_that_vouch_for_nothing(text: str, address: str, after: str) -> None:
    html = message_html(text)
    assert f'<a href="{address}" rel="nofollow noopener noreferrer ugc">' in html
    assert html.endswith(f"</a>{after}")


def test_a_long_address_is_shown_by_its_beginning() -> None:
    address = "https://municipio.gob.ar/" + "a" * 200
    assert f">{address[:59]}…</a>" in message_html(address)


def test_ten_thousand_letters_of_brackets_take_no_time() -> None:
    assert message_html("https://x.example/" + ")" * 9_900).count("<a ") == 1
