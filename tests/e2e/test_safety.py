"""Somebody molests: she is blocked and reported, the team suspends her, she answers, and the team lifts it."""

import re

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.test_connect_directory import find, is_found

PASSWORD_FORM = "form:has(input[name=password]) [type=submit]"


def test_a_molester_is_blocked_reported_suspended_and_heard(another_reader) -> None:
    """Whoever is molested has a phone; each page of the portal is looked at on both, the admin at a desk."""
    wanda, xul, staff = another_reader(PHONE), another_reader(), another_reader()
    enter(wanda.portal, Role("wanda", "Wanda Elenco", "Tandil"), Role("xul", "Xul Elenco", "Necochea"))
    wanda.sign_in("wanda")
    xul.sign_in("xul")
    staff.sign_in("red")
    hers, his = find(xul, "Wanda Elenco"), find(wanda, "Xul Elenco")
    conversation = molest(xul, hers)
    report_the_message(wanda, conversation)
    block(wanda, his)
    for reader, address, name in ((xul, hers, "Wanda Elenco"), (wanda, his, "Xul Elenco")):
        assert reader.status_of(address) == 404
        assert not is_found(reader, name)

    suspend(staff, "Xul Elenco")
    suspended = another_reader()
    appeal(suspended, "xul")
    suspended.expect_refusals(403, 404)
    lift(staff, "Xul Elenco")
    sign_in_by_hand(xul, "xul")
    xul.open("/cuenta/")
    wanda.visit("/avisos/")
    assert re.search("denuncia|revisamos|Revisamos", wanda.text())
    wanda.visit("/convivencia/bloqueos/")
    wanda.press("Sacar el bloqueo")
    wanda.look_everywhere()
    assert wanda.status_of(his) == 200


def molest(reader: Reader, address: str) -> str:
    """Write something that nobody should have to read; returns where."""
    reader.page.goto(reader.portal.url + address)
    reader.follow("Escribirle")
    reader.page.get_by_label("Tu mensaje").fill("Comprame este seguro YA")
    reader.press("^Enviar$")
    reader.page.wait_for_url(re.compile(r"/mensajes/[0-9a-f-]{36}/"))
    return re.sub("#.*", "", reader.page.url.removeprefix(reader.portal.url))


def report_the_message(reader: Reader, conversation: str) -> None:
    """Tell the team of a message, having forgotten at first to say what is wrong."""
    reader.visit(conversation)
    reader.follow("Denunciar")
    reader.look_everywhere(also_in_the_dark=True)
    reader.press("Enviar al equipo")
    reader.look_everywhere()
    assert "Elegí lo que más se parece" in reader.text()
    reader.page.get_by_role("radio").first.check()
    reader.page.fill("textarea[name=text]", "No lo conozco y vende seguros.")
    reader.press("Enviar al equipo")
    reader.look_everywhere()


def block(reader: Reader, address: str) -> None:
    """Keep a person away, from her page."""
    reader.visit(address)
    reader.page.get_by_text("Denunciar o bloquear").click()
    reader.press("^Bloquear$")
    reader.look_everywhere(also_in_the_dark=True)
    reader.press("^Bloquear$")
    reader.look_everywhere(also_in_the_dark=True)
    assert "Xul Elenco" in reader.text()


def suspend(staff: Reader, name: str) -> None:
    """Take the report from the queue and close the account, having forgotten at first why."""
    page = staff.page
    page.goto(f"{staff.portal.url}/admin/safety/report/")
    page.locator("#result_list tr").filter(has_text=name).get_by_role("link").first.click()
    page.wait_for_load_state("load")
    staff.look()
    content = page.locator("#content")
    assert "Comprame este seguro YA" in content.inner_text()
    page.get_by_role("radio", name="Actuar", exact=True).check()
    page.get_by_label("Suspender su cuenta").check()
    page.get_by_label("Nota para el equipo").fill("Vende seguros a quien no conoce.")
    staff.press("^Resolver$")
    staff.look()
    assert "Escribí el motivo" in content.inner_text()
    page.get_by_label("Motivo de la suspensión").fill("Mensajes de venta que nadie pidió.")
    staff.press("^Resolver$")
    page.goto(f"{staff.portal.url}/admin/safety/suspension/")
    assert name in page.locator("#result_list").inner_text()


def appeal(reader: Reader, who: str) -> None:
    """Try to sign in, read why not, and answer once."""
    sign_in_by_hand(reader, who)
    reader.look_everywhere(also_in_the_dark=True)
    assert "Mensajes de venta que nadie pidió." in reader.text()
    reader.follow("Responder")
    reader.look_everywhere()
    reader.page.locator("main textarea").fill("No va a volver a pasar.")
    reader.press("Enviar mi respuesta")
    reader.look_everywhere()
    assert "Recibimos tu respuesta" in reader.text()
    assert reader.status_of("/convivencia/responder/vencido/") == 404
    sign_in_by_hand(reader, who)
    assert "Ya nos respondiste" in reader.text()


def lift(staff: Reader, name: str) -> None:
    """Read the answer and open the account again."""
    page = staff.page
    page.goto(f"{staff.portal.url}/admin/safety/suspension/")
    page.locator("#result_list tr").filter(has_text=name).get_by_role("link").first.click()
    page.wait_for_load_state("load")
    staff.look()
    assert "No va a volver a pasar." in page.locator("#content").inner_text()
    staff.press("Levantar la suspensión")
    staff.look()


def sign_in_by_hand(reader: Reader, who: str) -> None:
    """Fill in the form, whatever comes of it."""
    email, password = reader.portal.accounts[who]
    reader.page.goto(f"{reader.portal.url}/cuenta/login/")
    reader.page.fill("input[name=login]", email)
    reader.page.fill("input[name=password]", password)
    reader.page.locator(PASSWORD_FORM).first.click()
    reader.page.wait_for_load_state("networkidle")
