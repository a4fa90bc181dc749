"""What somebody is told, why, and how she has less of it: in the portal, and from an e-mail without signing in."""

import re

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.test_connect_directory import find
from tests.e2e.test_coordinator import links_in_mail

ASKING = ("eva", "fina", "gala")


def test_notices_are_read_understood_and_turned_down(another_reader) -> None:
    """On a phone; each page looked at on a desk too."""
    delia: Reader = another_reader(PHONE)
    enter(
        delia.portal,
        Role("delia", "Delia Elenco", "Tandil"),
        *(Role(who, f"{who.title()} Elenco", "Necochea") for who in ASKING),
    )
    delia.sign_in("delia")
    delia.visit("/avisos/")
    assert "Todavía no tenés avisos" in delia.text()
    for who in ASKING:
        ask_to_connect(another_reader(), who, "Delia Elenco")
    delia.visit("/avisos/", also_in_the_dark=True)
    assert delia.page.locator(".notice").count() == 1
    assert "3" in delia.page.locator(".notice__text").inner_text()
    delia.follow("Ver los 3 avisos")
    delia.look_everywhere(also_in_the_dark=True)
    assert all(f"{who.title()} Elenco" in delia.text() for who in ASKING)
    delia.follow("¿Por qué me llegó?")
    delia.look_everywhere(also_in_the_dark=True)
    delia.press("[Rr]esumen.*día|[Uu]na vez por día|[Pp]or día")
    delia.look_everywhere()
    choose_when(delia)
    delia.visit("/avisos/")
    delia.press("Marcar todos como leídos")
    delia.visit("/avisos/?estado=sin-leer")
    assert "Leíste todos tus avisos" in delia.text()


def ask_to_connect(reader: Reader, who: str, name: str) -> None:
    """Ask somebody to connect."""
    reader.sign_in(who)
    reader.page.goto(reader.portal.url + find(reader, name))
    reader.follow("Conectarse")
    reader.press("Enviar el pedido")


def choose_when(reader: Reader) -> None:
    """Have most of it in a digest, and nothing at night; half an hour's end that is missing is asked for."""
    reader.visit("/avisos/preferencias/", also_in_the_dark=True)
    reader.press("Todo en un resumen por día")
    reader.look_everywhere()
    page = reader.page
    page.locator("input[name=quiet_from]").fill("22:00")
    reader.press("^Guardar$")
    reader.look_everywhere()
    assert "Escribí también hasta qué hora" in reader.text()
    assert page.locator("input[name=quiet_from]").input_value() == "22:00"
    page.locator("input[name=quiet_until]").fill("07:00")
    page.locator("select[name=digest_weekday]").select_option(index=4)
    reader.press("^Guardar$")
    reader.open("/avisos/preferencias/")
    assert page.locator("input[name=quiet_until]").input_value() == "07:00"


def test_whoever_gets_an_e_mail_stops_it_without_signing_in(another_reader) -> None:
    """On a phone; each page looked at on a desk too."""
    writer, receiver = another_reader(), another_reader(PHONE)
    enter(writer.portal, Role("hilda", "Hilda Elenco", "Tandil"), Role("ines", "Inés Elenco", "Necochea"))
    writer.sign_in("hilda")
    writer.page.goto(writer.portal.url + find(writer, "Inés Elenco"))
    writer.follow("Escribirle")
    writer.page.get_by_label("Tu mensaje").fill("¿Cómo empezaron con las huertas?")
    writer.press("^Enviar$")
    receiver.visit(unsubscription(receiver))
    receiver.press("No recibirlos más por correo")
    receiver.look_everywhere()
    assert "Listo: no te vamos a mandar más estos correos" in receiver.text()
    receiver.press("Fue sin querer")
    receiver.look_everywhere()
    assert "te los volvemos a mandar" in receiver.text()
    assert receiver.status_of("/avisos/baja/inventada/") == 404


def unsubscription(reader: Reader) -> str:
    """Wait for the worker's e-mail and return its way out."""
    for _attempt in range(40):
        links = links_in_mail(reader.portal, "ines@elenco.example")
        found = [link for link in links if re.match(r"/avisos/baja/", link)]
        if found:
            return found[0]
        reader.page.wait_for_timeout(500)
    raise AssertionError("no e-mail came with a way to stop it")
