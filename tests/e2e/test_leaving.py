"""An official leaves her municipality, and a person the portal: what stays, and in whose name."""

import re
from zipfile import ZipFile

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader
from tests.e2e.test_connect_directory import find

SOLUTION = "Veredas que arreglan los frentistas"


def test_a_municipality_tells_of_itself_and_keeps_what_an_official_leaves(another_reader) -> None:
    """At a desk; each page looked at on a phone too."""
    coordinator, official = another_reader(), another_reader()
    enter(
        coordinator.portal,
        Role("yara", "Yara Elenco", "Zárate", "Secretaria de Gobierno", is_coordinator=True),
        Role("zoe", "Zoe Elenco", "Zárate", "Jefa de Veredas", solution=SOLUTION),
        Role("abril", "Abril Elenco", "Zárate", "Arquitecta"),
    )
    coordinator.sign_in("yara")
    official.sign_in("zoe")
    town = tell_of_the_town(coordinator)
    visitor = another_reader()
    visitor.visit(town, also_in_the_dark=True)
    assert "Cómo arreglamos las veredas" in visitor.text()
    assert SOLUTION in visitor.text()
    assert not re.search("Zoe Elenco|elenco.example", visitor.page.content())
    assert visitor.status_of(f"{town}editar/") in (302, 403)
    assert official.status_of(f"{town}editar/") in (302, 403)

    leave_the_town(official)
    pass_on(coordinator, "Zoe Elenco", "Abril Elenco")
    successor = another_reader(PHONE)
    successor.sign_in("abril")
    successor.visit("/avisos/")
    assert "Desde ahora seguís vos" in successor.text()
    coordinator.visit(town)
    people = coordinator.page.locator("section:has(#town-people)").inner_text()
    assert "Abril Elenco" in people
    assert "Zoe Elenco" not in people


def tell_of_the_town(reader: Reader) -> str:
    """Find one's municipality among the others and say what it offers and looks for; returns its address."""
    reader.visit("/conectarme/municipios/?q=zárate", also_in_the_dark=True)
    reader.follow("^Zárate$")
    town = reader.page.url.removeprefix(reader.portal.url)
    reader.visit(f"{town}editar/", also_in_the_dark=True)
    reader.page.fill("textarea[name=about]", "Puerto, islas y barrio.")
    reader.page.fill("textarea[name=offers]", "Cómo arreglamos las veredas <script>alert(1)</script>")
    reader.page.fill("textarea[name=seeks]", "Una ordenanza de baldíos.")
    reader.press("^Guardar$")
    reader.look_everywhere()
    assert "Una ordenanza de baldíos." in reader.text()
    reader.visit(f"{town}publicaciones/solution/")
    assert SOLUTION in reader.text()
    return town


def leave_the_town(reader: Reader) -> None:
    """Say that one works there no more."""
    reader.page.goto(f"{reader.portal.url}/cuenta/")
    reader.follow("Dejar|Ya no trabajo")
    reader.look_everywhere()
    reader.press("Terminar la pertenencia")
    reader.look()


def pass_on(reader: Reader, leaver: str, successor: str) -> None:
    """Learn that somebody left, and choose who follows; a choice forgotten is asked for."""
    reader.open("/avisos/")
    assert leaver in reader.text()
    reader.visit("/conectarme/traspasos/", also_in_the_dark=True)
    reader.follow(leaver)
    reader.look_everywhere(also_in_the_dark=True)
    reader.press("Confirmar")
    reader.look_everywhere()
    assert "Elegí a quién pasa" in reader.text()
    select = reader.page.locator("select[name=successor]")
    option = select.locator("option").filter(has_text=successor)
    select.select_option(value=option.get_attribute("value"))
    reader.press("Confirmar")
    reader.look_everywhere()
    assert f"Pasó a {successor}" in reader.text()


def test_whoever_leaves_takes_her_data_along_and_her_name_with_her(another_reader) -> None:
    """On a phone; each page looked at on a desk too."""
    blanca, ciro = another_reader(PHONE), another_reader()
    enter(
        blanca.portal,
        Role("ciro", "Ciro Elenco", "Tandil"),
        Role("blanca", "Blanca Elenco", "Necochea", knows=("ciro",), offers="Huertas en escuelas"),
    )
    blanca.sign_in("blanca")
    ciro.sign_in("ciro")
    conversation = write_to(blanca, "Ciro Elenco")
    hers = find(ciro, "Blanca Elenco")
    blanca.visit("/cuenta/mis-datos/")
    with blanca.page.expect_download() as download:
        blanca.page.get_by_role("link", name="Descargar mis datos").click()
    with ZipFile(download.value.path()) as data:
        assert {"datos.html", "datos.json"} <= set(data.namelist())
        for name in ("datos.html", "datos.json"):
            told = data.read(name).decode()
            assert "Huertas en escuelas" in told
            assert "Les cuento cómo empezamos" in told
            assert "ciro@elenco.example" not in told

    erase(blanca)
    ciro.open(conversation)
    assert "Ex integrante de Necochea" in ciro.text()
    assert not re.search("Blanca|Les cuento cómo empezamos", ciro.page.content())
    assert ciro.status_of(hers) == 404
    ciro.open("/conectarme/conexiones/")
    assert "Blanca" not in ciro.text()


def write_to(reader: Reader, name: str) -> str:
    """Write to somebody; returns where."""
    reader.page.goto(reader.portal.url + find(reader, name))
    reader.follow("Escribirle")
    reader.page.get_by_label("Tu mensaje").fill("Les cuento cómo empezamos.")
    reader.press("^Enviar$")
    reader.page.wait_for_url(re.compile(r"/mensajes/[0-9a-f-]{36}/"))
    return re.sub("#.*", "", reader.page.url.removeprefix(reader.portal.url))


def erase(reader: Reader) -> None:
    """Have one's account erased; a wrong password is refused first."""
    _email, password = reader.portal.accounts["blanca"]
    reader.visit("/cuenta/mis-datos/borrar/", also_in_the_dark=True)
    reader.page.fill("input[name=password]", "otra-cosa")
    reader.press("Borrar mi cuenta para siempre")
    reader.look_everywhere()
    reader.page.fill("input[name=password]", password)
    reader.page.check("input[name=understood]")
    reader.press("Borrar mi cuenta para siempre")
    reader.look_everywhere()
    assert "/borrar/" not in reader.page.url, reader.text()
