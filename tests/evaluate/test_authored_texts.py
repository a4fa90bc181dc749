"""Texts of questionnaires on the page: a little marking, nothing dangerous, and no text that takes long."""

import time

import pytest

from evaluate.templatetags.evaluate import authored

MOST_SECONDS = 0.05


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Una **palabra** fuerte", "Una <strong>palabra</strong> fuerte"),
        ("__dos palabras__, y **otra**", "<strong>dos palabras</strong>, y <strong>otra</strong>"),
        ("**a __b__ c**", "<strong>a <strong>b</strong> c</strong>"),
        ("un *poco* de 3 * 4 * 5", "un <em>poco</em> de 3 * 4 * 5"),
        ("**sin cerrar", "**sin cerrar"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("**una\nlínea**", "**una<br>línea**"),
        ("# Título\n\n\n  texto  ", "Título<br>texto"),
        ("<script>x</script><b onclick=y>Hola</b>", "Hola"),
        ("5 > 4 & 'listo'", "5 &gt; 4 &amp; &#x27;listo&#x27;"),
        ("", ""),
    ],
)
def test_the_little_marking_of_authors_is_shown(text, shown):
    assert authored(text) == shown


@pytest.mark.parametrize(
    "piece",
    [
        "**a ",
        "__a ",
        "*a ",
        "*a*a",
        "**",
        "_",
        "*",
        " ",
        "\n",
        " \n",
        "#",
        "# ",
        "<",
        "<b>",
        "<a><p>",
        "&",
        "**a__b",
    ],
)
def test_no_answer_of_the_greatest_length_keeps_a_page_waiting(piece):
    text = "a" + (piece * 20_000)[:20_000] + "a"
    begin = time.process_time()
    authored(text)
    assert time.process_time() - begin < MOST_SECONDS
