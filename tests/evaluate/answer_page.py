"""The answer page as the tests use it."""

from django.test import Client
from django.urls import reverse

from evaluate.models import Answer, Evaluation
from evaluate.services.answering import visible_questions
from evaluate.services.states import evaluation_state

HTMX = {"HX-Request": "true"}


def section_url(evaluation: Evaluation, key: str = "residuos") -> str:
    return reverse("evaluate:evaluation-answer", args=[evaluation.public_id, key])


def save(client: Client, evaluation: Evaluation, path: str, *values: str, **extra: object):
    url = reverse("evaluate:answer-save", args=[evaluation.public_id])
    return client.post(url, {"path": path, path: list(values), **extra}, headers=HTMX)


def stored(evaluation: Evaluation) -> dict[str, object]:
    return dict(Answer.objects.filter(evaluation=evaluation).values_list("path", "value"))


def post_section(client: Client, evaluation: Evaluation, key: str = "residuos", **fields: object):
    """Send the section's form as a browser without JavaScript does: all that is on the page."""
    state = evaluation_state(evaluation)
    section = next(each for each in state.definition.sections if each.key == key)
    shown = visible_questions(state, section)
    return client.post(section_url(evaluation, key), {"shown": shown, "accion": "seguir", **fields})
