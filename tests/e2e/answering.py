"""Answering a questionnaire in the browser, as a patient person would."""

import re

from playwright.sync_api import Locator, Page

from tests.e2e.conftest import Reader


class Answering:
    """The answer page of an evaluation, section by section."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.page: Page = reader.page

    def choose(self, group: Locator, place: int) -> None:
        """Choose one of a question's options and wait until the portal says that it is saved."""
        with self.page.expect_response(lambda response: response.url.endswith("/guardar/")) as saving:
            group.locator("label").nth(place).click()
        assert saving.value.ok
        self.page.locator("#save-status", has_text=re.compile("Guardad[oa]")).wait_for()

    def answer_section(self, place: int) -> int:
        """Choose the same place in every question of the section that has none yet; returns how many it answered."""
        answered = 0
        while (group := self._next_open()) is not None:
            self.choose(group, min(place, group.locator("label").count() - 1))
            answered += 1
        return answered

    def go_on(self) -> None:
        """Save the section and go to the next, or to the review after the last."""
        with self.page.expect_navigation():
            self.page.locator('button[name=accion][value="seguir"]').click()

    def to_the_review(self, place: int) -> None:
        """Answer section after section until there is none left."""
        for _section in range(60):
            if self.page.url.endswith("/revisar/"):
                return
            self.answer_section(place)
            self.go_on()
        raise AssertionError("the questionnaire has no end")

    def _next_open(self) -> Locator | None:
        for group in self.page.locator("[data-question] fieldset").all():
            if group.locator("input[type=radio]").count() and not group.locator("input:checked").count():
                return group
        return None
