"""The sample town's evaluations, found whatever the other tests have added to its list."""

from tests.e2e.conftest import Reader

TOWN = "Chivilcoy"
SCORED = "Gobierno abierto y participación"


def sample_result(reader: Reader) -> str:
    """Return the address of the result that the sample town begins with; its team has signed in."""
    reader.page.goto(f"{reader.portal.url}/evaluarme/mi-resultado/")
    row = reader.page.locator(".own-results li").filter(has_text=TOWN).filter(has_text=SCORED)
    address = row.locator('a[href$="/resultado/"]').first.get_attribute("href")
    assert address
    return address
