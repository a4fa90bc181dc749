"""An encounter is made, found, filled up, and a place in it passes to whoever waits; visitors look at encounters."""

import re
from datetime import timedelta

from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.encounters import LINK, announce_encounter
from tests.e2e.running_portal import RunningPortal

TITLE = "Huertas en las escuelas"
CAFE = "Café de obradores"
QUESTION = "¿Qué querés llevarte?"
SESSION = "Cómo empezamos nosotras"
FIVE_DAYS = 5 * 24 * 60


def test_a_place_passes_to_whoever_waits(another_reader) -> None:
    """One organises at a desk, one registers on a phone, one waits; each page looked at on both."""
    olga, marta, nina = another_reader(), another_reader(PHONE), another_reader()
    enter(
        olga.portal,
        Role("olga", "Olga Elenco", "Tandil"),
        Role("marta", "Marta Elenco", "Pergamino"),
        Role("nina", "Nina Elenco", "Necochea"),
    )
    for reader, who in ((olga, "olga"), (marta, "marta"), (nina, "nina")):
        reader.sign_in(who)
    address = organise(olga)
    find_on_a_phone(marta)
    register_answering(marta)
    wait_in_line(nina, address)
    marta.page.get_by_role("button", name="No puedo ir").click()
    expect(marta.page.locator("#inscripcion")).to_contain_text("Dijiste que no vas")
    marta.look()
    assert LINK not in marta.page.content()
    take_the_place(nina, address)
    keep_in_a_calendar(nina)


def organise(reader: Reader) -> str:
    """Write a webinar, having forgotten everything at first; add to it, publish it; returns its address."""
    reader.visit("/intercambiar/encuentros/nuevo/", also_in_the_dark=True)
    page = reader.page
    reader.press("Guardar el borrador")
    reader.look_everywhere()
    assert "Todavía no lo guardamos" in reader.text()
    page.get_by_role("radio", name="Charla en línea").check()
    page.fill("input[name=title]", TITLE)
    page.fill("input[name=summary]", "Para quienes quieren empezar una con chicas y chicos.")
    page.fill("textarea[name=description]", "Traé **una foto** de tu patio.")
    page.fill("input[name=start_date]", str(timezone.localdate() + timedelta(days=10)))
    page.fill("input[name=start_time]", "15:00")
    page.fill("input[name=end_time]", "17:00")
    page.fill("input[name=link]", LINK)
    page.fill("input[name=capacity]", "1")
    reader.press("Guardar el borrador")
    reader.look_everywhere()
    assert "Es un borrador" in reader.text()
    add_parts(reader)
    reader.press("^Publicar$")
    reader.look_everywhere(also_in_the_dark=True)
    assert "Hay 1 lugar en total" in reader.text()
    reader.follow("Ver la página del encuentro")
    return page.url.removeprefix(reader.portal.url)


def add_parts(reader: Reader) -> None:
    """Put something into the agenda that the encounter is too short for, then what fits, and ask a question."""
    page = reader.page
    reader.follow("Sumar una actividad")
    page.fill("input[name=title]", SESSION)
    page.fill("input[name=begins]", "18:30")
    reader.press("^Guardar$")
    reader.look_everywhere()
    assert "El encuentro es de 15:00 a 17:00" in reader.text()
    page.fill("input[name=begins]", "15:30")
    reader.press("^Guardar$")
    reader.follow("Sumar una pregunta")
    reader.look_everywhere()
    page.fill("input[name=text]", QUESTION)
    page.get_by_label("Hay que responderla para inscribirse").check()
    reader.press("^Guardar$")
    assert SESSION in reader.text()
    assert QUESTION in reader.text()


def find_on_a_phone(reader: Reader) -> None:
    """Open the drawer of filters, choose a kind, search with a word, and go to what was found."""
    reader.open("/intercambiar/encuentros/")
    page = reader.page
    assert not page.get_by_role("checkbox", name=re.compile("Charla en línea")).is_visible()
    page.locator("details[data-filters-panel] > summary").click()
    with page.expect_response(re.compile("kind=webinar")):
        page.get_by_role("checkbox", name=re.compile("Charla en línea")).check()
    with page.expect_response(re.compile("q=huertas")):
        page.get_by_role("searchbox", name=re.compile("encontrarte")).fill("huertas escuela")
    expect(page.locator("#resultados")).to_contain_text(TITLE)
    page.wait_for_load_state("networkidle")
    reader.look_everywhere()
    reader.follow(TITLE)


def register_answering(reader: Reader) -> None:
    """Ask for a place, having forgotten at first to answer."""
    page = reader.page
    reader.look_everywhere()
    assert SESSION in reader.text()
    assert LINK not in page.content()
    reader.follow("Inscribirme")
    reader.press("Inscribirme")
    reader.look_everywhere()
    page.get_by_label(QUESTION).fill("Un plan de riego.")
    reader.press("Inscribirme")
    reader.look_everywhere(also_in_the_dark=True)
    assert "Vas a este encuentro" in reader.text()
    expect(page.get_by_role("link", name=LINK)).to_be_visible()


def wait_in_line(reader: Reader, address: str) -> None:
    """Come late, wait, and read how many stand before."""
    reader.visit(address)
    assert "No quedan lugares libres" in reader.text()
    reader.follow("Sumarme a la lista de espera")
    reader.page.get_by_label(QUESTION).fill("Semillas.")
    reader.press("Sumarme a la lista de espera")
    reader.look()
    assert "Sos la próxima persona de la lista" in reader.text()
    assert LINK not in reader.page.content()


def take_the_place(reader: Reader, address: str) -> None:
    """Be told of the place, take it, and find it among one's own encounters."""
    page = reader.page
    told = page.locator(".notice", has_text="Hay un lugar para vos")
    for _try in range(20):
        page.goto(f"{reader.portal.url}/avisos/")
        if told.count():
            break
        page.wait_for_timeout(250)
    assert TITLE in told.first.inner_text()
    reader.visit(address)
    page.get_by_role("button", name="Sí, voy").click()
    expect(page.locator("#inscripcion")).to_contain_text("Vas a este encuentro")
    expect(page.get_by_role("link", name=LINK)).to_be_visible()
    reader.visit("/intercambiar/mis-encuentros/", also_in_the_dark=True)
    assert TITLE in page.locator("section", has=page.get_by_role("heading", name="Próximos")).inner_text()


def keep_in_a_calendar(reader: Reader) -> None:
    """Make an address of one's own, which calendars read and nobody else knows."""
    reader.open("/intercambiar/calendario/")
    reader.press("Hacer mi dirección")
    reader.look_everywhere(also_in_the_dark=True)
    address = reader.page.locator("#mio input[data-address]").input_value()
    answer = reader.page.request.get(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    read = Calendar.from_ical(answer.body())
    assert [str(event["summary"]) for event in read.walk("VEVENT")] == [TITLE]
    assert LINK in answer.text().replace("\r\n ", "")
    reader.page.goto(f"{reader.portal.url}/intercambiar/calendario/")
    assert address not in reader.page.content()


def test_visitors_look_around_and_come_in_without_scripts(
    another_reader, browser: Browser, portal: RunningPortal
) -> None:
    """Pages are looked at with scripts, and walked without them on a phone, down to the place that she gets."""
    zulma, zita = Role("zulma", "Zulma Elenco", "Tandil"), Role("zita", "Zita Elenco", "Necochea")
    address = announce_encounter(portal, zulma, zita, title=CAFE, minutes=FIVE_DAYS)
    visitor: Reader = another_reader()
    look_around(visitor, address)
    context = browser.new_context(viewport=PHONE, locale="es-AR", java_script_enabled=False)
    try:
        come_in_without_scripts(Reader(context.new_page(), portal))
    finally:
        context.close()


def look_around(reader: Reader, address: str) -> None:
    """Read the list, the month, what was, and an encounter; nothing there is for members only."""
    reader.visit("/intercambiar/encuentros/", also_in_the_dark=True)
    assert "Organizar un encuentro" not in reader.text()
    reader.follow("Por mes")
    reader.look_everywhere(also_in_the_dark=True)
    reader.follow("Mes siguiente")
    reader.look()
    reader.open("/intercambiar/encuentros/?cuando=pasados")
    reader.open("/intercambiar/encuentros/?q=zzzz")
    reader.visit(address, also_in_the_dark=True)
    assert LINK not in reader.page.content()
    assert reader.status_of("/intercambiar/mis-encuentros/") == 302
    assert reader.status_of("/intercambiar/encuentros/nuevo/") == 302
    reader.visit("/intercambiar/calendario/")


def come_in_without_scripts(reader: Reader) -> None:
    """Search, read, be asked who she is, sign in, and be asked once more whether she comes."""
    page = reader.page
    page.goto(f"{reader.portal.url}/intercambiar/encuentros/")
    page.get_by_role("searchbox", name=re.compile("encontrarte")).fill("obradores")
    reader.press("Buscar")
    reader.follow(CAFE)
    reader.follow("Ingresar para inscribirme")
    email, password = reader.portal.accounts["zita"]
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.locator("form:has(input[name=password]) [type=submit]").first.click()
    reader.press("Inscribirme")
    assert "Vas a este encuentro" in reader.text()
    assert LINK in reader.text()
    reader.press("No puedo ir")
    assert "Dijiste que no vas" in reader.text()
