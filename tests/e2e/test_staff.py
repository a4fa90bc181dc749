"""RIL's staff work in the admin."""

import pytest

from tests.e2e.conftest import Reader

PAGES = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/accounts/membership/",
    "/admin/inspire/solution/",
    "/admin/evaluate/questionnaire/",
    "/admin/places/municipality/",
    "/admin/topics/policyarea/",
    "/admin/catalog/entry/",
    "/admin/audit/auditevent/",
]


@pytest.mark.parametrize("path", PAGES)
def test_an_admin_page_opens_with_nothing_in_the_console(another_reader, path: str) -> None:
    staff: Reader = another_reader()
    staff.sign_in("red")
    response = staff.page.goto(staff.portal.url + path)
    assert response is not None
    assert response.status == 200
    assert staff.page.locator("#content h1, #content-main").first.is_visible()
    assert not staff.faults


def test_a_practitioner_does_not_get_into_the_admin(reader: Reader) -> None:
    reader.sign_in("practicante")
    response = reader.page.goto(reader.portal.url + "/admin/")
    assert response is not None
    assert "/admin/" not in reader.page.url or response.status in (302, 403)
    reader.expect_refusals(403)
