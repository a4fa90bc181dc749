"""What differs between two versions of a questionnaire is told by its kind, and nothing else is."""

import pytest
from hypothesis import HealthCheck, given, settings

from evaluate.engine.differences import Kind, differences
from tests.evaluate.form_workbooks import read
from tests.evaluate.questionnaire_strategies import definitions

CHOICES = [
    {"list_name": "l", "name": f"c{worth}", "label": f"Vale {worth}", "points": worth} for worth in range(3)
]


def question(name, **cells):
    return {"type": "select_one l", "name": name, "label": f"¿{name}?", **cells}


def section(name, *questions):
    return [{"type": "begin group", "name": name, "label": name.title()}, *questions, {"type": "end group"}]


SURVEY = [
    *section("uno", question("a"), question("b"), question("c"), question("d")),
    *section("dos", question("e")),
]


def between(survey, choices=CHOICES, **settings):
    old = read(SURVEY, CHOICES).definition
    return differences(old, read(survey, choices, [{"form_id": "prueba", **settings}]).definition)


def changed(target, **cells):
    return [{**row, **cells} if row.get("name") == target else row for row in SURVEY]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(definition=definitions())
def test_a_questionnaire_does_not_differ_from_itself(definition):
    found = differences(definition, definition)
    assert (found.is_empty, found.are_scores_comparable, found.counts) == (True, True, {})


@pytest.mark.parametrize(
    ("cells", "kind", "field", "comparable"),
    [
        ({"label": "Otra cosa"}, Kind.REWORDED, "label", True),
        ({"good": "Así se ve"}, Kind.REWORDED, "good", True),
        ({"weight": "2"}, Kind.RESCORED, "weight", False),
        ({"not_applicable": "counted"}, Kind.RESCORED, "not_applicable", False),
        ({"relevant": "${a} = 'c1'"}, Kind.RECONDITIONED, "relevant", True),
        ({"required": "yes"}, Kind.RECONDITIONED, "required", True),
        ({"topic": "open-data"}, Kind.RESHAPED, "topic", True),
    ],
)
def test_each_change_of_a_question_has_its_kind(cells, kind, field, comparable):
    found = between(changed("b", **cells))
    (item,) = found.items
    (change,) = item.changes
    assert (item.path, item.old_path, item.section, item.is_question) == ("/uno/b", "/uno/b", "uno", True)
    assert (change.kind, change.field, found.are_scores_comparable) == (kind, field, comparable)
    assert found.of_kind(kind) == (item,)
    assert found.counts == {kind: 1}
    assert change.field_words != field
    assert change.kind.words


def test_a_new_question_and_one_that_is_gone_are_told_with_their_titles():
    survey = [
        *section("uno", question("a"), question("b"), question("n"), question("c")),
        *section("dos", question("e")),
    ]
    found = between(survey)
    assert [(item.path, item.kinds, item.label) for item in found.items] == [
        ("/uno/n", (Kind.ADDED,), {"default": "¿n?"}),
        ("/uno/d", (Kind.REMOVED,), {"default": "¿d?"}),
    ]
    assert not found.are_scores_comparable


def test_only_the_question_that_was_moved_is_said_to_have_moved():
    survey = [
        *section("uno", question("d"), question("a"), question("b"), question("c")),
        *section("dos", question("e")),
    ]
    found = between(survey)
    assert [(item.path, item.kinds) for item in found.items] == [("/uno/d", (Kind.MOVED,))]
    assert found.are_scores_comparable


def test_a_question_in_another_section_has_moved_and_not_gone():
    survey = [
        *section("uno", question("a"), question("b"), question("c")),
        *section("dos", question("e"), question("d")),
    ]
    (item,) = between(survey).items
    assert (item.path, item.old_path, item.kinds) == ("/dos/d", "/uno/d", (Kind.MOVED,))


def test_a_question_that_only_got_another_name_is_told_as_renamed():
    (item,) = between(changed("c", name="nuevo")).items
    assert (item.path, item.old_path, item.kinds) == ("/uno/nuevo", "/uno/c", (Kind.RENAMED,))


def test_a_section_with_another_name_keeps_its_questions():
    survey = [{**row, "name": "primera"} if row.get("name") == "uno" else row for row in SURVEY]
    found = between(survey)
    assert [(item.path, item.kinds) for item in found.items] == [("/primera", (Kind.RENAMED,))]


def test_what_happens_to_a_list_that_many_share_is_told_once():
    choices = [
        {**CHOICES[0], "label": "No vale"},
        {**CHOICES[1], "points": "1.5"},
        {"list_name": "l", "name": "nueva", "label": "Nueva"},
    ]
    (shared,) = between(SURVEY, choices).lists
    assert [(change.kind, change.choice) for change in shared.changes] == [
        (Kind.REWORDED, "c0"),
        (Kind.RESCORED, "c1"),
        (Kind.ADDED, "nueva"),
        (Kind.REMOVED, "c2"),
    ]
    assert len(shared.paths) == 5


def test_the_questionnaire_as_a_whole_is_told_apart():
    found = between(
        SURVEY, form_title="Nuevo", scoring="weighted_mean", level_names="A | B", level_thresholds="0 50"
    )
    assert [(change.kind, change.field) for change in found.settings] == [
        (Kind.REWORDED, "title"),
        (Kind.RESCORED, "scoring"),
        (Kind.RESCORED, "level_thresholds"),
        (Kind.RESCORED, "level_names"),
    ]
    assert not found.items
