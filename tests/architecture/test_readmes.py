"""Each app has a page that says what it is."""

import pytest

from tests.architecture.houses import ROOT, floors

MAX_LINES = 80


@pytest.mark.parametrize("part", sorted(part for floor in floors() for part in floor))
def test_each_part_of_the_house_has_a_page(part: str) -> None:
    page = ROOT / part.replace(".", "/") / "README.md"
    assert page.exists(), f"{part} has no README.md"
    assert len(page.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
