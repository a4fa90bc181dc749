"""A conversation is looked after: something waits, something is reported and hidden, an answer goes its own way."""

import re

from playwright.sync_api import expect

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.talks import Talk, hold
from tests.e2e.test_share_conversations import LIST, take_time, wait_for_notice

TITLE = "¿Cómo ordenan la feria de los domingos?"
SELLING = "Compren los gazebos que vende mi cuñado."
ELSEWHERE = "¿Y alguien sabe de luminarias?"
REASON = "La red no es para vender: contanos cómo resolvieron la feria."
QUEUE = "/admin/share/post/"


def test_the_team_looks_after_a_conversation(another_reader) -> None:
    """Whoever reports has a phone; each page of the portal is looked at on both, the admin at a desk."""
    zaira, zenon, staff = another_reader(PHONE), another_reader(), another_reader()
    enter(
        zaira.portal,
        Role("zaira", "Zaira Elenco", "Tandil"),
        Role("zenon", "Zenón Elenco", "Necochea"),
        Role("zelda", "Zelda Elenco", "Pergamino"),
    )
    (talk,) = hold(
        zaira.portal, Talk(by="zaira", title=TITLE, said=(("zenon", SELLING), ("zelda", ELSEWHERE)))
    )
    for reader, who in ((zaira, "zaira"), (zenon, "zenon"), (staff, "administracion")):
        reader.sign_in(who)
    write_what_waits(zenon, talk)
    report(zaira, talk)
    let_in(staff)
    hide(staff, talk)
    give_a_conversation_of_its_own(staff, talk)
    pin_and_lock(staff, talk)

    zaira.visit(f"{LIST}{talk}/mensaje/4/")
    assert "gob.example" in zaira.text()
    assert SELLING not in zaira.text()
    assert ELSEWHERE not in zaira.text()
    assert zaira.page.get_by_label("Tu respuesta").count() == 0
    zaira.page.goto(f"{zaira.portal.url}{LIST}{talk}/mensaje/3/")
    assert "¿Quién sabe de luminarias?" in zaira.page.get_by_role("heading", level=1).inner_text()
    wait_for_notice(zenon, REASON)
    zenon.look_everywhere()
    assert zenon.status_of(f"{LIST}cuidar/{talk}/") == 403


def write_what_waits(reader: Reader, talk: int) -> None:
    """Write with more links than somebody new may; it is said why nobody else sees it yet."""
    reader.page.goto(f"{reader.portal.url}{LIST}{talk}/mensaje/1/")
    links = "Miren https://feria.example/uno y https://gob.example/dos y https://puestos.example/tres"
    reader.page.get_by_label("Tu respuesta").fill(links)
    take_time(reader)
    reader.press("Publicar la respuesta")
    reader.look_everywhere(also_in_the_dark=True)
    assert "Antes de publicarlo lo mira alguien del equipo" in reader.text()
    folded = reader.page.locator("#mensaje-4 details")
    expect(folded.locator("summary")).to_contain_text("Espera que el equipo la mire")
    folded.locator("summary").click()
    expect(folded).to_contain_text("feria.example")


def report(reader: Reader, talk: int) -> None:
    """Tell the team of an answer that sells something."""
    page = reader.page
    reader.visit(f"{LIST}{talk}/mensaje/2/")
    with page.expect_navigation():
        page.locator("#mensaje-2").get_by_role("link", name=re.compile("^Denunciar")).click()
    reader.look_everywhere()
    page.get_by_role("radio").first.check()
    page.fill("textarea[name=text]", "Vende cosas.")
    reader.press("Enviar al equipo")
    reader.look()


def let_in(staff: Reader) -> None:
    """Take from the queue what waits, and let it in."""
    page = staff.page
    staff.open(QUEUE)
    row = page.locator("#result_list tr").filter(has_text="feria.example")
    assert "Zenón Elenco" in row.inner_text()
    with page.expect_navigation():
        row.get_by_role("link").first.click()
    staff.look_everywhere(also_in_the_dark=True)
    page.get_by_role("radio", name=re.compile("^Dejar pasar")).check()
    staff.press("^Hacerlo$")
    staff.look_everywhere()
    assert "Listo." in page.locator("body").inner_text()


def hide(staff: Reader, talk: int) -> None:
    """Hide what was reported, having forgotten at first to say why."""
    page = staff.page
    page.goto(f"{staff.portal.url}{LIST}{talk}/mensaje/2/")
    with page.expect_navigation():
        page.locator("#mensaje-2").get_by_role("link", name=re.compile("^Cuidar")).click()
    page.get_by_role("radio", name=re.compile("^Ocultar")).check()
    staff.press("^Hacerlo$")
    staff.look_everywhere()
    staff.expect_refusals(400)
    assert "Escribí por qué" in staff.text()
    page.locator("textarea[name=paso-reason]").fill(REASON)
    staff.press("^Hacerlo$")
    staff.look()
    assert REASON in staff.text()


def give_a_conversation_of_its_own(staff: Reader, talk: int) -> None:
    """Split off an answer that asks something else; it stands among the questions without an answer."""
    page = staff.page
    page.goto(f"{staff.portal.url}{LIST}{talk}/mensaje/3/")
    with page.expect_navigation():
        page.locator("#mensaje-3").get_by_role("link", name=re.compile("^Cuidar")).click()
    page.get_by_label("Título de la conversación nueva").fill("¿Quién sabe de luminarias?")
    staff.press("^Separar$")
    staff.look_everywhere()
    assert ELSEWHERE in staff.text()
    staff.open("/admin/share/thread/")
    with page.expect_navigation():
        page.locator("#result_list").get_by_role("link", name="¿Quién sabe de luminarias?").click()
    staff.look()
    page.get_by_label("Nombre, correo o municipio").fill("Zaira Elenco")
    staff.press("^Buscar$")
    staff.look()
    assert "Zaira Elenco" in page.locator("#content").inner_text()


def pin_and_lock(staff: Reader, talk: int) -> None:
    """Pin a conversation to the top of the list, and close it with a reason."""
    page = staff.page
    for step, reason in (("Fijar arriba de la lista", ""), ("Cerrar: se lee", "Ya quedó todo dicho.")):
        staff.visit(f"{LIST}cuidar/{talk}/")
        page.get_by_role("radio", name=re.compile(f"^{step}")).check()
        page.locator("textarea[name=paso-reason]").fill(reason)
        staff.press("^Hacerlo$")
    staff.look_everywhere(also_in_the_dark=True)
    page.goto(f"{staff.portal.url}{LIST}")
    first = page.locator(".thread-row").filter(has_text=TITLE)
    assert re.search("Fijada[^$]*Cerrada", first.inner_text())
