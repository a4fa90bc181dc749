"""Somebody new signs up, confirms her address, asks to join, and the coordinator lets her in."""

import re
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from tests.e2e.conftest import Reader
from tests.e2e.running_portal import RunningPortal


def links_in_mail(portal: RunningPortal, address: str) -> list[str]:
    """Return the links in the mails that were sent to an address, the newest mail's first."""
    found: list[str] = []
    for file in sorted(Path(portal.environment["PORTAL_DATA_DIR"], "mail").glob("*.log"), reverse=True):
        for text in reversed(file.read_text().split("-" * 79)):
            message = message_from_string(text.strip(), policy=default)
            if address in str(message.get("To", "")):
                body = message.get_body(("plain",))
                found += re.findall(r"http://127\.0\.0\.1:\d+(/\S+)", body.get_content() if body else "")
    return found


def sign_up(reader: Reader, name: str, address: str) -> None:
    """Open an account and confirm its address with the link in the mail."""
    reader.open("/cuenta/signup/")
    reader.page.fill("input[name=name]", name)
    reader.page.fill("input[name=email]", address)
    reader.page.fill("input[name=password1]", "una-clave-larga-y-rara-81")
    reader.page.locator("form:has(input[name=password1]) [type=submit]").first.click()
    reader.page.wait_for_load_state("networkidle")
    reader.look()
    confirmation = next(link for link in links_in_mail(reader.portal, address) if "confirm" in link)
    reader.open(confirmation)
    reader.page.locator("main form [type=submit]").first.click()
    reader.page.wait_for_load_state("networkidle")
    reader.look()


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    return f"nueva-{request.node.callspec.id}@muestra.example"


def test_a_newcomer_is_let_in_by_her_coordinator(reader: Reader, another_reader, address: str) -> None:
    sign_up(reader, "Nadia Nueva", address)
    if "/login/" in reader.page.url:
        reader.page.fill("input[name=login]", address)
        reader.page.fill("input[name=password]", "una-clave-larga-y-rara-81")
        reader.page.locator("form:has(input[name=password]) [type=submit]").first.click()
        reader.page.wait_for_load_state("networkidle")
    ask_to_join(reader, "Chivilcoy")

    coordinator = another_reader()
    coordinator.sign_in("coordinacion")
    coordinator.open("/avisos/")
    # Those who ask while nobody has looked are one line.
    asked = "Nadia Nueva pidió sumarse|personas pidieron sumarse"
    assert re.search(asked, coordinator.page.locator("main").inner_text())
    coordinator.open("/cuenta/solicitudes/")
    request = coordinator.page.locator("main li, main article").filter(has_text="Nadia Nueva").first
    request.get_by_role("button", name=re.compile("Aprobar|Aceptar")).first.click()
    coordinator.page.wait_for_load_state("networkidle")
    coordinator.look()

    reader.open("/cuenta/")
    assert re.search("Activa", reader.page.locator("main").inner_text())
    reader.open("/avisos/")
    assert "Chivilcoy" in reader.page.locator("main").inner_text()


def ask_to_join(reader: Reader, town: str) -> None:
    """Find one's municipality while typing, and ask to be counted in."""
    reader.open("/cuenta/sumarme/")
    page = reader.page
    page.locator(
        "main input[type=search], main input[name*=buscar], main input[name$=_q]"
    ).first.press_sequentially(town, delay=30)
    page.locator("main label", has_text=town).first.click()
    page.fill("input[name=position]", "Inspectora de obras")
    page.locator("form:has(input[name=position]) [type=submit]").last.click()
    page.wait_for_load_state("networkidle")
    reader.look()
    assert town in page.locator("main").inner_text()
