"""A question from the thing it is about to what came of it: offered, asked, put to somebody, answered, thanked."""

import re

from playwright.sync_api import expect

from tests.e2e.cast import Role, enter
from tests.e2e.conftest import PHONE, Reader

SOLUTION = "Huertas en las veredas del barrio"
TITLE = "¿Cómo riegan las huertas en las veredas?"
DEAD_LINE = re.compile("INTERNET_DISCONNECTED")
LIST = "/intercambiar/conversaciones/"


def test_a_question_is_asked_answered_and_told_what_came_of_it(another_reader) -> None:
    """Whoever asks has a phone, the others a desk; each page is looked at on both."""
    ema, saul, irma = another_reader(PHONE), another_reader(), another_reader()
    enter(
        ema.portal,
        Role("ema", "Ema Elenco", "Pergamino"),
        Role("saul", "Saúl Elenco", "Tandil", solution=SOLUTION),
        Role("irma", "Irma Elenco", "Olavarría"),
    )
    for reader, who in ((ema, "ema"), (saul, "saul"), (irma, "irma")):
        reader.sign_in(who)
    ask(ema)
    thread = re.sub("[#?].*", "", ema.page.url.removeprefix(ema.portal.url))
    decline_and_answer_after_all(saul)
    quote(irma, thread)
    thank_and_accept(ema)
    tell_what_came_of_it(ema)
    put_the_question_right(ema)
    ema.visit("/inspirarme/elenco-saul/")
    ema.follow(re.escape(TITLE))
    assert ema.page.url.endswith(thread)
    ema.follow(SOLUTION)


def ask(reader: Reader) -> None:
    """Ask about a solution, with what there is already below the title, a colleague mentioned, and a dead line."""
    page = reader.page
    reader.visit("/inspirarme/elenco-saul/")
    reader.follow("Preguntar sobre esto")
    address = page.url.removeprefix(reader.portal.url)
    assert SOLUTION in reader.text()
    page.get_by_label("Título").press_sequentially(TITLE)
    expect(page.locator("#parecidas").get_by_role("link", name=re.compile(SOLUTION))).to_be_visible()
    mention_by_keyboard(reader, "Contá más", "Probamos con **mangueras**. @Irm", "Irma Elenco")
    page.get_by_role("button", name="Ver cómo queda").click()
    preview = page.locator(".markdown-field__preview")
    expect(preview.locator("strong")).to_have_text("mangueras")
    expect(preview.get_by_role("link", name="Irma Elenco")).to_be_visible()
    reader.look_everywhere(also_in_the_dark=True)

    reader.page.context.set_offline(True)
    page.get_by_role("button", name="Publicar", exact=True).click()
    page.wait_for_url("chrome-error://**")
    reader.page.context.set_offline(False)
    reader.faults = [fault for fault in reader.faults if not DEAD_LINE.search(fault)]
    reader.open(address)
    expect(page.get_by_label("Título")).to_have_value(TITLE)
    expect(page.get_by_label("Contá más")).to_have_value(re.compile("mangueras.*Irma Elenco"))
    take_time(reader)
    reader.press("^Publicar$")
    reader.look_everywhere()
    assert "Ya está publicada" in reader.text()
    page.goto(reader.portal.url + address)
    expect(page.get_by_label("Contá más")).to_have_value("")
    page.go_back()


def mention_by_keyboard(reader: Reader, label: str, text: str, name: str) -> None:
    """Write as far as a name's beginning, and take the one that is offered."""
    page = reader.page
    page.get_by_label(label).press_sequentially(text)
    expect(page.get_by_role("listbox").get_by_role("option", name=re.compile(name))).to_be_visible()
    reader.look()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_label(label)).to_have_value(re.compile(f"{name}.* $"))
    expect(page.get_by_label(label)).to_be_focused()


def decline_and_answer_after_all(reader: Reader) -> None:
    """Read why one was asked, say that one would rather not, and answer after all."""
    wait_for_notice(reader, "dar una mano con esta pregunta")
    reader.follow("Por qué me llegó")
    reader.look()
    assert "publicaste eso por lo que preguntan" in reader.text()
    reader.visit("/avisos/")
    reader.follow("dar una mano con esta pregunta")
    reader.look_everywhere(also_in_the_dark=True)
    assert "Te acercamos esta pregunta" in reader.text()
    reader.follow("Preferiría que no")
    reader.look_everywhere(also_in_the_dark=True)
    reader.press("Preferiría que no")
    reader.look_everywhere()
    assert "Listo, gracias por avisar" in reader.text()
    reader.follow("Ver la pregunta")
    answer(reader, "Con riego por *goteo*, de noche.")
    expect(reader.page.locator("#mensaje-2")).to_be_focused()
    assert "Preferiría que no" not in reader.text()


def answer(reader: Reader, text: str) -> None:
    """Write an answer below the conversation and send it."""
    reader.page.get_by_label("Tu respuesta").press("Control+End")
    reader.page.keyboard.insert_text(text)
    take_time(reader)
    reader.press("Publicar la respuesta")


def quote(reader: Reader, thread: str) -> None:
    """Come because one was mentioned, and quote the answer that is there."""
    wait_for_notice(reader, TITLE)
    reader.visit(thread)
    page = reader.page
    with page.expect_navigation():
        page.locator("#mensaje-2").get_by_role("link", name=re.compile("^Citar")).click()
    reader.look_everywhere(also_in_the_dark=True)
    expect(page.get_by_label("Tu respuesta")).to_have_value(re.compile("de noche"))
    answer(reader, "\n\nEn Olavarría también.")
    reader.look_everywhere()
    page.locator("#mensaje-3 blockquote").get_by_role("link").first.click()
    expect(page.locator("#mensaje-2")).to_be_focused()


def thank_and_accept(reader: Reader) -> None:
    """Find what is new, thank for one answer, and accept both."""
    page = reader.page
    reader.visit(f"{LIST}?vista=sin-leer", also_in_the_dark=True)
    row = page.locator(".thread-row").filter(has_text=TITLE)
    with page.expect_navigation():
        row.get_by_role("link", name=re.compile("2 nuevas")).click()
    expect(page.locator("#mensaje-2")).to_be_focused()
    expect(page.locator(".post__new")).to_have_count(2)
    reader.look_everywhere()
    press_below(reader, 2, "Agradecer")
    thanks = page.locator("#mensaje-2").get_by_role("button", name=re.compile("^Agradecer"))
    expect(thanks).to_have_attribute("aria-pressed", "true")
    for number in (2, 3):
        press_below(reader, number, "Aceptar la respuesta")
    expect(page.get_by_role("heading", name="Las respuestas que sirvieron")).to_be_visible()
    reader.look_everywhere()


def press_below(reader: Reader, number: int, button: str) -> None:
    """Press a button below a post, and be at that post afterwards."""
    post = reader.page.locator(f"#mensaje-{number}")
    with reader.page.expect_navigation():
        post.get_by_role("button", name=re.compile(f"^{button}")).click()
    expect(post).to_be_focused()


def tell_what_came_of_it(reader: Reader) -> None:
    """Say it in a sentence, which everybody reads first."""
    reader.follow("Contar en qué quedó")
    reader.look_everywhere(also_in_the_dark=True)
    reader.page.get_by_label("En qué quedó").fill("Pusimos **goteo** en diez cuadras.")
    reader.press("^Guardar$")
    expect(reader.page.locator(".thread__outcome strong")).to_have_text("goteo")


def put_the_question_right(reader: Reader) -> None:
    """Change what one asked; what it said before can be read."""
    page = reader.page
    with page.expect_navigation():
        page.locator("#mensaje-1").get_by_role("link", name=re.compile("^Cambiar")).click()
    reader.look_everywhere(also_in_the_dark=True)
    text = page.get_by_label("Texto", exact=True)
    text.press("Control+Home")
    page.keyboard.insert_text("En verano ")
    reader.press("Guardar los cambios")
    with page.expect_navigation():
        page.locator("#mensaje-1").get_by_role("link", name="editado").click()
    reader.look_everywhere(also_in_the_dark=True)
    expect(page.locator(".version__text ins").first).to_contain_text("En verano")
    reader.follow("Ver el mensaje")
    expect(page.locator("#mensaje-1")).to_be_focused()


def wait_for_notice(reader: Reader, words: str) -> None:
    """Look at the notices until one says these words: the portal writes them in the background."""
    for _attempt in range(20):
        reader.page.goto(f"{reader.portal.url}/avisos/")
        if words in reader.text():
            reader.look()
            return
        reader.page.wait_for_timeout(300)
    raise AssertionError(f"no notice says «{words}»: {reader.text()}")


def take_time(reader: Reader) -> None:
    """Be as slow as a person: what is sent within two seconds is taken for a machine's."""
    passed = reader.page.evaluate("performance.now()")
    reader.page.wait_for_timeout(max(0, 2200 - passed))
