"""A real form of 379 rows, with skips, constraints and calculations, is answered in a browser to the end."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator

from evaluate.engine.state import FormState
from evaluate.engine.xlsform import read_workbook
from tests.e2e.conftest import Reader
from tests.evaluate.form_robot import FormRobot

FORM = "questionnaires/xlsform_good/onadata__select_one_choices_test.xlsx"


def planned_answers(file: Path) -> dict[str, str | list[str]]:
    """Return what a patient person would answer to what must be answered, by question."""
    definition = read_workbook(file, filename=file.name).definition
    state = FormState(definition, {}, now=datetime.now(tz=ZoneInfo("America/Argentina/Buenos_Aires")))
    robot = FormRobot(state, optional=False)
    robot.run()
    return dict(robot.steps)


def fill(field: Locator, value: str | list[str]) -> None:
    """Give an answer in whatever field the question has."""
    first = field.first
    kind = first.get_attribute("type") or first.evaluate("element => element.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        for name in [value] if isinstance(value, str) else value:
            field.and_(field.page.locator(f'[value="{name}"]')).first.check()
    elif kind == "select":
        first.select_option(value)
    elif field.count() == 2:
        for part, number in zip(field.all(), str(value).split(), strict=False):
            part.fill(number)
    else:
        first.fill(value if isinstance(value, str) else " ".join(value))


@pytest.mark.realdata
def test_the_food_security_form_is_answered_to_the_end(another_reader, real_data: Path) -> None:
    reader: Reader = another_reader()
    reader.portal.manage(
        "import_questionnaire", str(real_data / FORM), "--publish", "--slug", "seguridad-alimentaria"
    )
    answers = planned_answers(real_data / FORM)
    assert len(answers) > 100
    reader.sign_in("practicante")
    reader.open("/evaluarme/seguridad-alimentaria/")
    page = reader.page
    page.get_by_role("button", name="Probarlo a título personal").click()
    page.wait_for_url(re.compile("/evaluarme/respuestas/"))
    sections = 0
    while not page.url.endswith("/revisar/"):
        sections += 1
        assert sections < 80
        answer_section(reader, answers)
        with page.expect_navigation():
            page.locator('button[name=accion][value="seguir"]').click()
    reader.look()
    page.get_by_role("button", name="Terminar").click()
    page.wait_for_url(re.compile("/resultado/"))
    reader.look()
    assert sections > 20
    assert not reader.faults


def answer_section(reader: Reader, answers: dict[str, str | list[str]]) -> None:
    """Answer what is shown, again while answers bring up further questions."""
    page = reader.page
    done: set[str] = set()
    while True:
        shown = [item.get_attribute("value") or "" for item in page.locator("input[name=shown]").all()]
        waiting = [path for path in shown if path in answers and path not in done]
        if not waiting:
            return
        path = waiting[0]
        done.add(path)
        with page.expect_response(lambda response: response.url.endswith("/guardar/")):
            field = page.locator(f'[name="{path}"]:not([type=hidden])')
            fill(field, answers[path])
            field.first.blur()
        page.locator(".htmx-request").first.wait_for(state="detached")
