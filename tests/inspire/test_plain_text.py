import pytest

from inspire.importing.plain_text import clean_line, clean_text, first_sentences, shorten


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Hola <b>vos</b></p><p>a &amp; b</p>", "Hola vos\na & b"),
        ("uno<br/>dos", "uno\ndos"),
        ("antes<script>alert(1)</script> después", "antes después"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;fin", "fin"),
        ('<img src="x" onerror="alert(1)">foto', "foto"),
        ('<span class="a">Escuela</span> &quot;9&quot;', 'Escuela "9"'),
        ("R&D, 5 < 10 y a <b y c> d", "R&D, 5 < 10 y a <b y c> d"),
        ("menos de 3 <3", "menos de 3 <3"),
        ("A\x00\x1fB\u200b\u202eC\xad", "ABC"),
        ("uno\r\n\r\n\r\n  dos\t\tres\xa0x  ", "uno\n\ndos res x"),
    ],
)
def test_a_text_becomes_plain(text: str, plain: str) -> None:
    assert clean_text(text) == plain


def test_a_line_has_no_breaks() -> None:
    assert clean_line(" Plaza\nManzana  99 ") == "Plaza Manzana 99"


def test_a_text_that_fits_is_not_shortened() -> None:
    assert shorten("Plaza nueva", 11) == "Plaza nueva"


def test_a_text_is_cut_between_words_and_says_so() -> None:
    assert shorten("Una plaza nueva, con juegos", 18) == "Una plaza nueva…"
    assert len(shorten("x" * 50, 20)) == 20


def test_a_summary_is_made_of_whole_sentences() -> None:
    text = "## Plan\n\nLa primera **oración** del plan. La segunda es mucho más larga que lo que entra."
    assert first_sentences(text, 50) == "Plan La primera oración del plan."


def test_a_summary_of_one_long_sentence_is_shortened() -> None:
    assert first_sentences("palabra " * 30, 40).endswith("palabra…")
