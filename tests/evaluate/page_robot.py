"""Answers a questionnaire in a real browser, with answers that a `FormRobot` found, as a patient person would."""

import json
from collections.abc import Mapping

from playwright.sync_api import Locator, Page

Answer = str | list[str]
ROUNDS = 40
SAVED_MS = 15_000


class PageRobot:
    """Goes through the sections, answers what is shown, and waits for each answer to be saved."""

    def __init__(self, page: Page, answers: Mapping[str, Answer]) -> None:
        self.page = page
        self.answers = answers
        self.saved: set[str] = set()

    def run(self) -> None:
        """Answer section after section until the page to look everything over is there."""
        for _section in range(ROUNDS):
            if "/revisar/" in self.page.url:
                return
            self.answer_section()
            before = self.page.url
            self.page.locator("button[name=accion][value=seguir]").click()
            self.page.wait_for_url(lambda url, before=before: url.split("#")[0] != before.split("#")[0])
        raise AssertionError(f"the questionnaire does not come to an end: {self.page.url}")

    def answer_section(self) -> None:
        """Answer what is shown, and what comes to be shown by it."""
        for _round in range(ROUNDS):
            waiting = [path for path in self._shown() if path in self.answers and path not in self.saved]
            if not waiting:
                return
            for path in waiting:
                if path in self._shown():
                    self._answer(path)

    def _shown(self) -> list[str]:
        values = self.page.eval_on_selector_all(
            "[data-question]", "questions => questions.map(each => each.getAttribute('hx-vals'))"
        )
        return [json.loads(value)["path"] for value in values]

    def _answer(self, path: str) -> None:
        question = self.page.locator(f"[data-question]:has(input[name=shown][value='{path}'])")
        self.saved.add(path)
        with self.page.expect_response(
            lambda response: response.url.endswith("/guardar/"), timeout=SAVED_MS
        ) as answered:
            self._fill(question, self.answers[path])
        assert answered.value.status == 200, f"{path}: {answered.value.status}"
        self.page.locator(".htmx-request").first.wait_for(state="detached")

    def _fill(self, question: Locator, answer: Answer) -> None:
        first = answer if isinstance(answer, str) else answer[0]
        if question.locator("input[type=radio], input[type=checkbox]").count():
            question.locator(f"input[value='{first}']").check(force=True)
        elif question.locator("select").count():
            question.locator("select").select_option(first)
        else:
            field = question.locator("input:not([type=hidden]), textarea").first
            field.fill("" if field.input_value() == first else first)
            field.fill(first)
            field.blur()
