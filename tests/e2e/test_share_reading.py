"""Reading conversations: the list and its views, a long one by pages, links to one post, and all without scripts."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.running_portal import RunningPortal
from tests.e2e.talks import Talk, hold
from tests.e2e.test_connect_directory import tab_to
from tests.e2e.test_safety import sign_in_by_hand
from tests.e2e.test_share_conversations import LIST

LONG = "¿Qué hicieron con las podas de otoño?"
ALONE = "¿Alguien alquila una chipeadora?"
# Number 1 asks, number 2 answers, then eight comments, then the others.
LAST_COMMENT, LAST = 10, 122
# What is sent within two seconds is taken for a machine's.
SLOWLY = 2200


@pytest.fixture(scope="module")
def long_talk(portal: RunningPortal) -> int:
    """A question with more than a hundred posts, of which somebody has read all but the last twelve; and another."""
    enter(
        portal,
        Role("celia", "Celia Elenco", "Pergamino"),
        Role("dario", "Darío Elenco", "Tandil"),
        Role("rosa", "Rosa Elenco", "Necochea"),
    )
    return hold(
        portal,
        Talk(
            by="celia",
            title=LONG,
            said=(("dario", "Las chipeamos."),),
            comments=8,
            long=LAST - LAST_COMMENT,
            read_by="rosa",
            unread=12,
        ),
        Talk(by="dario", title=ALONE, visibility="members"),
    )[0]


def test_a_reader_finds_what_is_new_in_a_long_conversation(another_reader, long_talk: int) -> None:
    """On a phone; each page looked at on a desk too."""
    rosa = another_reader(PHONE)
    rosa.sign_in("rosa")
    look_through_the_views(rosa)
    filter_with_a_finger(rosa)
    page = rosa.page
    rosa.open(f"{LIST}?vista=sin-leer")
    rosa.follow("12 nuevas")
    expect(page.locator(f"#mensaje-{LAST - 11}")).to_be_focused()
    assert page.locator(".post__new").count() == 12
    rosa.look_everywhere(also_in_the_dark=True)
    go_through_the_pages(rosa)
    expect_a_link_to_lead_to(rosa, long_talk, 75)
    expect_a_link_to_lead_to(rosa, long_talk, LAST_COMMENT)
    rosa.open(f"{LIST}?vista=sin-leer")
    assert LONG not in rosa.text()

    visitor = another_reader()
    visitor.visit(LIST)
    assert LONG in visitor.text()
    assert ALONE not in visitor.text()
    visitor.visit(f"{LIST}{long_talk}/mensaje/75/", also_in_the_dark=True)
    expect(visitor.page.locator("#mensaje-75")).to_be_focused()
    assert visitor.status_of(f"{LIST}?vista=mias") == 302


def look_through_the_views(reader: Reader) -> None:
    """See what one has not read, what one follows, and what nobody answered."""
    reader.visit(LIST, also_in_the_dark=True)
    for view, there, not_there in (
        ("Sin leer", LONG, ALONE),
        ("Las que sigo", LONG, ALONE),
        ("Sin responder", ALONE, LONG),
    ):
        reader.follow(f"^{view}$")
        reader.look()
        shown = reader.page.locator(".thread-rows").inner_text()
        assert there in shown
        assert not_there not in shown
    reader.follow("^Las mías$")
    reader.look_everywhere()
    assert "Todavía no escribiste en ninguna conversación" in reader.text()


def filter_with_a_finger(reader: Reader) -> None:
    """Unfold the filters, choose two, and search for words among what is left."""
    page = reader.page
    reader.open(LIST)
    page.get_by_text("Filtrar", exact=True).click()
    page.locator(".facet__values label").filter(has_text="Sin responder").click()
    page.wait_for_url(re.compile("="))
    expect(page.locator(".thread-rows")).not_to_contain_text(LONG)
    reader.look_everywhere()
    page.get_by_label(re.compile("Qué querés saber")).fill("chipeadora")
    expect(page.locator("#thread-count")).to_have_text(re.compile("^\\s*1 conversación"))
    expect(page.locator(".thread-rows")).to_contain_text(ALONE)
    with page.expect_navigation():
        page.locator(".thread-rows").get_by_role("link", name=ALONE).click()
    reader.look_everywhere()


def go_through_the_pages(reader: Reader) -> None:
    """Go back to the beginning and to the next page with the keys alone."""
    page = reader.page
    with page.expect_navigation():
        page.get_by_role("link", name="Primera").first.click()
    assert page.locator(".post").count() == 50
    reader.look_everywhere()
    tab_to(reader, "a[rel=next]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#mensaje-51")).to_be_visible()
    tab_to(reader, "a[rel=last]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(f"#mensaje-{LAST}")).to_be_visible()
    assert page.get_by_role("link", name="Siguiente").count() == 0


def expect_a_link_to_lead_to(reader: Reader, talk: int, number: int) -> None:
    """Open the address of one post, which has the focus then, even where it was folded."""
    reader.page.goto(f"{reader.portal.url}{LIST}{talk}/mensaje/{number}/")
    post = reader.page.locator(f"#mensaje-{number}")
    expect(post).to_be_focused()
    expect(post).to_be_in_viewport()


def test_reading_asking_and_answering_without_scripts(
    browser: Browser, portal: RunningPortal, long_talk: int
) -> None:
    """The same pages with a browser that runs no scripts, and so no scan either."""
    context = browser.new_context(viewport=PHONE, locale="es-AR", java_script_enabled=False)
    reader = Reader(context.new_page(), portal)
    try:
        sign_in_by_hand(reader, "celia")
        ask_without_scripts(reader, "¿Dónde compran los árboles?")
        reader.page.goto(f"{portal.url}{LIST}{long_talk}/mensaje/3/")
        assert "Comentario 1." in reader.text()
        reader.page.get_by_label("Tu respuesta").fill("Acá también, con **chipeadora**.")
        reader.page.wait_for_timeout(SLOWLY)
        reader.press("Publicar la respuesta")
        assert "Acá también, con chipeadora." in reader.text()
        assert "#mensaje-" in reader.page.url
    finally:
        context.close()
    assert not reader.faults


def ask_without_scripts(reader: Reader, title: str) -> None:
    """See what there is like it, find whom to mention, see how it will look, and ask."""
    page = reader.page
    page.goto(f"{reader.portal.url}{LIST}nueva/")
    page.get_by_label("Título").fill(title)
    page.get_by_label("Contá más").fill("Con **raíz** desnuda,")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Ver si ya se preguntó").click()
    assert "Antes de preguntar" in Reader(opened.value, reader.portal).text()
    opened.value.close()
    page.get_by_text("Mencionar a alguien", exact=True).click()
    page.get_by_label("Buscá por nombre o municipio").fill("Rosa Elenco")
    reader.press("^Buscar$")
    reader.press("Rosa Elenco")
    assert page.get_by_label("Título").input_value() == title
    assert "Rosa Elenco" in page.get_by_label("Contá más").input_value()
    reader.press("Ver cómo queda")
    expect(page.locator(".markdown-preview strong")).to_have_text("raíz")
    page.wait_for_timeout(SLOWLY)
    reader.press("^Publicar$")
    assert "Ya está publicada" in reader.text()
    expect(page.locator("#mensaje-1 strong").last).to_have_text("raíz")
