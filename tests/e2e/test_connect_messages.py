"""Two people get to know each other and write; from a thing to whoever made it; an introduction by a third."""

import re

from playwright.sync_api import expect

from tests.e2e.cast import Role, enter, picture
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.test_connect_directory import find, tab_to

WRITTEN = "Seguimos el jueves con la ordenanza"
# What a browser says of a line that is dead.
DEAD_LINE = re.compile("INTERNET_DISCONNECTED|htmx:afterRequest|htmx:sendError")


def test_two_colleagues_connect_and_write(another_reader) -> None:
    """She on a phone, he at a desk; each page looked at on both."""
    paula, omar = another_reader(PHONE), another_reader()
    enter(
        paula.portal,
        Role("paula", "Paula Elenco", "Pergamino"),
        Role("omar", "Omar Elenco", "Olavarría", offers="Ordenanza de grandes generadores"),
    )
    paula.sign_in("paula")
    omar.sign_in("omar")
    ask_to_connect(paula, "Omar Elenco", "Vi lo de los grandes generadores. ¿Hablamos?")
    omar.visit("/conectarme/conexiones/recibidos/")
    assert "¿Hablamos?" in omar.text()
    omar.press("Aceptar")
    omar.visit("/conectarme/conexiones/", also_in_the_dark=True)
    assert "Paula Elenco" in omar.text()

    paula.visit(find(paula, "Omar Elenco"))
    paula.follow("Escribirle")
    paula.look_everywhere()
    paula.page.get_by_label("Tu mensaje").fill("¿Cómo la controlan?")
    paula.page.get_by_role("button", name="Enviar", exact=True).click()
    paula.page.wait_for_url(re.compile(r"/mensajes/[0-9a-f-]{36}/"))
    paula.look_everywhere()
    conversation = re.sub("#.*", "", paula.page.url.removeprefix(paula.portal.url))
    answer_with_a_file(omar, conversation)

    paula.visit(conversation, also_in_the_dark=True)
    assert "Leído" in paula.text()
    file = paula.page.get_by_role("link", name="plano.jpg").get_attribute("href")
    assert paula.status_of(str(file)) in (200, 302)
    keep_what_could_not_be_sent(paula, conversation)
    omar.visit("/conectarme/mensajes/?q=ordenanza")
    assert WRITTEN in omar.text()
    assert another_reader().status_of(conversation) == 302
    end_the_connection(omar)


def ask_to_connect(reader: Reader, name: str, note: str) -> None:
    """Find somebody and ask her, with a few words."""
    reader.visit(find(reader, name))
    reader.follow("Conectarse")
    reader.look_everywhere()
    reader.page.fill("textarea[name=note]", note)
    reader.press("Enviar el pedido")
    reader.look_everywhere()
    reader.visit("/conectarme/conexiones/enviados/")
    assert name in reader.text()
    reader.follow("Retirar")
    reader.look_everywhere()


def answer_with_a_file(reader: Reader, conversation: str) -> None:
    """Find a message among the unread ones and answer it with the keys alone."""
    reader.visit("/conectarme/mensajes/?estado=sin-leer", also_in_the_dark=True)
    reader.visit(conversation)
    page = reader.page
    page.get_by_role("link", name="Opciones").focus()
    tab_to(reader, "textarea[name=text]")
    page.keyboard.type("Con inspecciones cada mes.")
    tab_to(reader, ".message-form__files summary")
    page.keyboard.press("Enter")
    tab_to(reader, "input[name=files]")
    page.locator("input[name=files]").set_input_files(picture("plano.jpg"))
    tab_to(reader, ".message-form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="plano.jpg")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_be_focused()
    reader.look_everywhere()


def keep_what_could_not_be_sent(reader: Reader, conversation: str) -> None:
    """Write while the line is dead; what was written is there afterwards, and is sent."""
    page = reader.page
    reader.page.context.set_offline(True)
    page.get_by_label("Tu mensaje").fill(WRITTEN)
    page.get_by_role("button", name="Enviar", exact=True).click()
    expect(page.locator("[data-draft-failed]")).to_be_visible()
    reader.look_everywhere()
    reader.page.context.set_offline(False)
    reader.faults = [fault for fault in reader.faults if not DEAD_LINE.search(fault)]
    reader.open(conversation)
    expect(page.get_by_label("Tu mensaje")).to_have_value(WRITTEN)
    page.get_by_role("button", name="Enviar", exact=True).click()
    expect(page.locator("#messages")).to_contain_text(WRITTEN)
    reader.open(conversation)
    expect(page.get_by_label("Tu mensaje")).to_have_value("")


def end_the_connection(reader: Reader) -> None:
    """Be no longer connected, which is not told."""
    reader.page.goto(reader.portal.url + find(reader, "Paula Elenco"))
    reader.follow("Desconectarse")
    reader.look_everywhere()
    reader.press("Desconectarse")
    reader.page.goto(f"{reader.portal.url}/conectarme/conexiones/")
    assert "Paula Elenco" not in reader.text()


def test_from_a_solution_to_whoever_made_it(another_reader) -> None:
    """On a phone; each page looked at on a desk too."""
    rita, sara = another_reader(PHONE), another_reader()
    enter(
        rita.portal,
        Role("rita", "Rita Elenco", "Pergamino"),
        Role("sara", "Sara Elenco", "Tandil", solution="Ferias de trueque en los barrios"),
    )
    rita.sign_in("rita")
    rita.visit("/inspirarme/elenco-sara/")
    rita.follow("Preguntar a quien lo hizo")
    rita.look_everywhere(also_in_the_dark=True)
    assert "Sara Elenco" in rita.text()
    rita.page.get_by_label("Tu mensaje").fill("¿Cuánto costó empezar?")
    rita.press("Enviar la pregunta")
    rita.page.wait_for_url(re.compile(r"/mensajes/[0-9a-f-]{36}/"))
    rita.look_everywhere()
    assert "Ferias de trueque en los barrios" in rita.text()

    sara.sign_in("sara")
    sara.open("/avisos/")
    assert "Ferias de trueque" in sara.text() or "Rita Elenco" in sara.text()
    sara.open("/conectarme/mensajes/")
    sara.follow("Rita Elenco")
    assert "¿Cuánto costó empezar?" in sara.text()
    sara.follow("Ferias de trueque en los barrios")
    assert sara.page.url.endswith("/inspirarme/elenco-sara/")
    visitor = another_reader()
    visitor.open("/inspirarme/elenco-sara/")
    visitor.follow("Preguntar a quien lo hizo")
    assert "/cuenta/login/" in visitor.page.url


def test_a_common_connection_introduces_two(another_reader) -> None:
    """At a desk; each page looked at on a phone too."""
    tina, uma, vera = (another_reader() for _reader in range(3))
    enter(
        tina.portal,
        Role("tina", "Tina Elenco", "Tandil"),
        Role("uma", "Uma Elenco", "Pergamino", knows=("tina",)),
        Role("vera", "Vera Elenco", "Necochea", knows=("uma",)),
    )
    for reader, who in ((tina, "tina"), (uma, "uma"), (vera, "vera")):
        reader.sign_in(who)
    tina.page.goto(tina.portal.url + find(tina, "Vera Elenco"))
    tina.follow("Pedir que te presenten")
    tina.look_everywhere()
    tina.page.get_by_role("radio", name=re.compile("Uma Elenco")).check()
    tina.page.fill("textarea[name=note]", "Estoy por armar una feria como la suya.")
    tina.press("Pedir la presentación")
    tina.look_everywhere()

    uma.visit("/conectarme/presentaciones/")
    assert "Estoy por armar una feria" in uma.page.locator("main textarea").first.input_value()
    uma.press("Hacer la presentación")
    for reader, name in ((vera, "Tina Elenco"), (tina, "Vera Elenco")):
        reader.visit("/conectarme/presentaciones/", also_in_the_dark=True)
        if reader.page.get_by_role("button", name=re.compile("^Aceptar")).count():
            reader.press("^Aceptar")
        reader.page.goto(f"{reader.portal.url}/conectarme/conexiones/")
        assert name in reader.text() or reader is vera
    vera.open("/conectarme/conexiones/")
    assert "Tina Elenco" in vera.text()
    write_to_a_group(uma)


def write_to_a_group(reader: Reader) -> None:
    """Write to two connections at once, see who takes part, and leave."""
    reader.visit("/conectarme/mensajes/nuevo/", also_in_the_dark=True)
    page = reader.page
    for name in ("Tina Elenco", "Vera Elenco"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_label("Tu mensaje").fill("Hola a las dos, ya se conocen.")
    page.get_by_role("button", name="Enviar", exact=True).click()
    page.wait_for_url(re.compile(r"/mensajes/[0-9a-f-]{36}/"))
    reader.look_everywhere()
    reader.follow("Personas y opciones")
    reader.look_everywhere()
    assert "Vera Elenco" in reader.text()
    reader.press("Dejar el grupo")
    reader.look_everywhere()
