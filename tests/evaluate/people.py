"""People with browsers, who send what stands on the pages that they opened."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation, QuestionnaireVersion
from tests.evaluate.answer_page import HTMX
from tests.evaluate.factories import municipal_evaluation
from tests.portal.accounts_factories import MembershipFactory

FIELD = re.compile(
    r'<input type="(?:hidden|text)"\s+(?:(?:id|inputmode|class)="[^"]*"\s+)*name="([^"]+)"\s+value="([^"]*)"'
)


class Person:
    """Somebody with a browser, who sends what stands on the page that she opened."""

    def __init__(self, user, evaluation: Evaluation, section: str) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.save_url = reverse("evaluate:answer-save", args=[evaluation.public_id])
        self.url = reverse("evaluate:evaluation-answer", args=[evaluation.public_id, section])
        self.fields: dict[str, list[str]] = {}

    def open(self) -> str:
        page = self.client.get(self.url).content.decode()
        self.note(page)
        return page

    def note(self, html: str) -> None:
        """Take the fields that are drawn now instead of those of the same name."""
        drawn: dict[str, list[str]] = {}
        for name, value in FIELD.findall(html):
            drawn.setdefault(unescape(name), []).append(unescape(value))
        self.fields |= drawn

    def save(self, path: str, *values: str, **fields: object):
        """Change one question, which saves itself."""
        counts = {name: value for name, value in self.fields.items() if name.endswith(":count")}
        self.fields[path] = list(values)
        held = {f"{path}:held": self.fields.get(f"{path}:held", "")}
        data = {"path": path, path: list(values), **counts, **held, **fields}
        response = self.client.post(self.save_url, data, headers=HTMX)
        self.note(response.content.decode())
        return response

    def send(self, action: str = "seguir", *, fragment: bool = False, **fields: object):
        """Press a button of the section's form."""
        data = {**self.fields, "accion": action, **fields}
        return self.client.post(self.url, data, headers=HTMX if fragment else {})


def two_people(
    version: QuestionnaireVersion | None = None, section: str = "residuos"
) -> tuple[Evaluation, Person, Person]:
    """Two colleagues with the same section open."""
    evaluation = municipal_evaluation(version)
    colleague = MembershipFactory(municipality=evaluation.municipality).user
    anna, beto = Person(evaluation.owner, evaluation, section), Person(colleague, evaluation, section)
    anna.open()
    beto.open()
    return evaluation, anna, beto
