"""The day of an encounter: coming with the keys alone, the door on a phone, who was there, and what was decided."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.cast import Role
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.encounters import LINK, announce_encounter
from tests.e2e.test_connect_directory import tab_to

TITLE = "Taller de compost"
DECISION = "Compartir la ordenanza de compostaje"


def test_people_come_in_and_leave_with_a_decision(another_reader) -> None:
    """Whoever comes has a desk before and a phone there; whoever organises has a phone at the door."""
    lidia, petra = another_reader(PHONE), another_reader()
    address = announce_encounter(
        lidia.portal,
        Role("lidia", "Lidia Elenco", "Tandil"),
        Role("petra", "Petra Elenco", "Necochea"),
        title=TITLE,
        minutes=-10,
    )
    below = re.sub(r"[^/]+/$", "", address)
    lidia.sign_in("lidia")
    petra.sign_in("petra")
    code = register_with_the_keys(petra, address)
    let_in_by_code(lidia, below, code)
    let_in_by_picture(lidia, petra, below, code)
    enter_from_the_screen(lidia, petra, below)
    note_who_was_there(lidia, below)
    write_minutes(lidia, below)
    another: Reader = another_reader()
    read_minutes(another, address, below)


def register_with_the_keys(reader: Reader, address: str) -> str:
    """Register and open one's ticket without a mouse; returns the code on it."""
    page = reader.page
    reader.open(address)
    tab_to(reader, "#inscripcion button[value=ir]")
    page.keyboard.press("Enter")
    expect(page.locator("#inscripcion")).to_contain_text("Vas a este encuentro")
    reader.look()
    # Her button is gone, but not her place on the page.
    assert page.evaluate("document.querySelector('#inscripcion').contains(document.activeElement)")
    tab_to(reader, "a[href$='/mi-entrada/']")
    shown = page.locator(".registration-box__code").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/mi-entrada/"))
    reader.look_everywhere(also_in_the_dark=True)
    assert page.locator(".ticket__code").inner_text() == shown
    expect(page.get_by_role("img", name=re.compile("QR"))).to_be_visible()
    return shown.replace("-", "")


def let_in_by_code(reader: Reader, below: str, code: str) -> None:
    """Type words that are nobody's, then a code; take it back."""
    reader.open(f"{below}ingreso/")
    page = reader.page
    box = page.get_by_label("Código o nombre")
    box.fill("Zulema")
    page.keyboard.press("Enter")
    expect(page.locator("#puerta")).to_contain_text("Nadie de la lista")
    reader.look()
    box.fill(code.lower())
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator(".door-entered")).to_contain_text("Petra Elenco")
    expect(page.locator(".door-count")).to_contain_text("1")
    reader.look_everywhere(also_in_the_dark=True)
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator("#puerta")).to_contain_text("Petra Elenco quedó sin registrar")
    box.fill("petra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Dejar pasar.*Petra Elenco"))).to_be_visible()
    reader.look()


def let_in_by_picture(reader: Reader, other: Reader, below: str, code: str) -> None:
    """Open what the picture says: it lets nobody in by itself, and tells nothing to whoever does not organise."""
    other.visit(f"{below}ingreso/{code}/")
    assert "Esta es la entrada de alguien" in other.text()
    reader.visit(f"{below}ingreso/{code}/")
    reader.press("Dejar pasar")
    reader.look()
    assert "Entró a las" in reader.text()
    other.open(f"{below}mi-entrada/")
    assert "Registramos tu ingreso" in other.text()


def enter_from_the_screen(reader: Reader, other: Reader, below: str) -> None:
    """Show the code of the encounter to all; who is in already is told so."""
    reader.visit(f"{below}pantalla/")
    other.open(f"{below}estoy-aca/")
    assert "Listo: registramos tu ingreso" in other.text()


def note_who_was_there(reader: Reader, below: str) -> None:
    """Correct the list by hand."""
    reader.visit(f"{below}asistencia/", also_in_the_dark=True)
    page = reader.page
    page.get_by_role("checkbox", name=re.compile("Petra Elenco")).check()
    reader.press("^Estuvo$")
    assert "Estuvo" in page.locator(".attendance-people").inner_text()
    reader.visit(f"{below}personas/")
    assert "Petra Elenco" in reader.text()


def write_minutes(reader: Reader, below: str) -> None:
    """Write what was said and decided, and publish it."""
    reader.open(f"{below}acta/escribir/")
    page = reader.page
    page.fill("textarea[name=text]", "## Lo principal\n\nHablamos de <b>lombrices</b>.")
    reader.press("Agregar una decisión")
    reader.press("^Guardar$")
    reader.look_everywhere()
    assert "Escribí qué se decidió." in reader.text()
    page.fill("textarea[name=text]", DECISION)
    page.fill("input[name=responsible]", "Dirección de Ambiente")
    page.fill("input[name=due_on]", str(timezone.localdate() + timedelta(days=30)))
    reader.press("^Guardar$")
    reader.look_everywhere()
    reader.press("Guardar y publicar")
    reader.look()


def read_minutes(reader: Reader, address: str, below: str) -> None:
    """Read as a visitor what was decided, and not where one connects nor who was there."""
    reader.visit(address, also_in_the_dark=True)
    assert DECISION in reader.text()
    reader.visit(f"{below}acta/", also_in_the_dark=True)
    assert "lombrices" in reader.text()
    assert reader.status_of(f"{below}asistencia/") == 302
    for path in (address, f"{below}acta/"):
        content = reader.page.request.get(reader.portal.url + path).text()
        assert LINK not in content
        assert "Petra Elenco" not in content
