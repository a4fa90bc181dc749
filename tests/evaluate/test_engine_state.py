"""Answers decide what is visible, calculated, offered and wrong."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, read, state_of

YES_NO = [
    {"list_name": "yn", "name": "si", "label": "Sí"},
    {"list_name": "yn", "name": "no", "label": "No"},
]


def steps(state, **options):
    return [
        (step.kind, step.path)
        for section in state.definition.sections
        for step in state.walk(section, **options)
    ]


def test_a_group_that_is_not_relevant_hides_all_inside_it():
    survey = [
        {"type": "select_one yn", "name": "has", "label": "¿Tiene?"},
        {"type": "begin group", "name": "g", "label": "G", "relevant": "${has} = 'si'"},
        {"type": "text", "name": "which", "label": "¿Cuál?", "required": "yes"},
        {"type": "end group"},
    ]
    state = FormState(read(survey, YES_NO).definition, {}, now=NOW)
    assert not state.visible("/g/which")
    assert state.missing_required() == ()
    assert steps(state) == [("question", "/has")]
    changes = state.set("/has", "si")
    assert changes.shown == {"/g", "/g/which"}
    assert state.missing_required() == ("/g/which",)
    assert steps(state)[1:] == [("group_start", "/g"), ("question", "/g/which"), ("group_end", "/g")]
    assert state.set("/has", "no").hidden == {"/g", "/g/which"}
    assert ("question", "/g/which") in steps(state, include_hidden=True)


def test_an_answer_out_of_view_counts_for_nothing_and_is_kept():
    survey = [
        {"type": "select_one yn", "name": "has", "label": "¿Tiene?"},
        {"type": "integer", "name": "n", "label": "¿Cuántas?", "relevant": "${has} = 'si'"},
        {"type": "calculate", "name": "double", "calculation": "${n} * 2"},
    ]
    state = state_of(survey, YES_NO, has="si", n="4")
    assert state.value("/double") == "8"
    changes = state.set("/has", "no")
    assert changes.values >= {"/n", "/double"}
    assert (state.value("/n"), state.value("/double")) == ("", "")
    assert state.answers["/n"] == "4"
    state.set("/has", "si")
    assert state.value("/double") == "8"


def test_calculations_follow_each_other_whatever_their_order_in_the_sheet():
    survey = [
        {"type": "calculate", "name": "c", "calculation": "${b} + 1"},
        {"type": "calculate", "name": "b", "calculation": "${a} + 1"},
        {"type": "integer", "name": "a", "label": "A"},
        {"type": "note", "name": "note", "label": "Da ${c}"},
    ]
    state = state_of(survey, a="1")
    assert state.value("/c") == "3"
    changes = state.set("/a", "5")
    assert changes.values == {"/a", "/b", "/c"}
    assert changes.labels == {"/note"}
    assert state.label("/note") == "Da 7"


def test_a_change_of_one_answer_gives_the_same_as_starting_anew():
    survey = [
        {"type": "integer", "name": f"q{place}", "label": "Q", "relevant": f"${{q{place - 1}}} > {place}"}
        for place in range(1, 8)
    ]
    survey.insert(0, {"type": "integer", "name": "q0", "label": "Q"})
    survey.append(
        {"type": "calculate", "name": "sum", "calculation": "coalesce(${q3}, 0) + coalesce(${q7}, 0)"}
    )
    definition = read(survey).definition

    @given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9)), max_size=20))
    def check(edits):
        state = FormState(definition, {}, now=NOW)
        for question, value in edits:
            state.set(f"/q{question}", str(value))
        anew = FormState(definition, state.answers, now=NOW)
        for path in definition.by_path:
            assert (state.value(path), state.visible(path)) == (anew.value(path), anew.visible(path))

    check()


def test_cascading_choices_follow_the_answer_above():
    choices = [
        {"list_name": "prov", "name": "ba", "label": "Buenos Aires"},
        {"list_name": "prov", "name": "sf", "label": "Santa Fe"},
        {"list_name": "loc", "name": "azul", "label": "Azul", "prov": "ba"},
        {"list_name": "loc", "name": "rosario", "label": "Rosario", "prov": "sf"},
    ]
    survey = [
        {"type": "select_one prov", "name": "p", "label": "P"},
        {
            "type": "select_one loc",
            "name": "l",
            "label": "L",
            "choice_filter": "prov=${p}",
            "required": "yes",
        },
        {"type": "calculate", "name": "said", "calculation": "jr:choice-name(${l}, '${l}')"},
        {
            "type": "calculate",
            "name": "found",
            "calculation": "instance('loc')/root/item[name = ${l}]/label",
        },
    ]
    state = state_of(survey, choices)
    assert state.missing_required() == ()
    changes = state.set("/p", "ba")
    assert changes.choices == {"/l"}
    assert [choice.name for choice in state.choices("/l")] == ["azul"]
    assert state.missing_required() == ("/l",)
    assert "no está entre las que se ofrecen" in state.check("/l", "rosario")[0]
    state.set("/l", "azul")
    assert (state.value("/said"), state.value("/found")) == ("Azul", "Azul")
    state.set("/p", "sf")
    assert list(state.invalid()) == ["/l"]


def test_a_filter_compares_numbers_as_numbers_and_texts_as_texts():
    choices = [
        {"list_name": "l", "name": "one", "label": "Uno", "code": "01"},
        {"list_name": "l", "name": "two", "label": "Dos", "code": "2"},
    ]
    for word, offered in (("integer", ["one"]), ("text", [])):
        survey = [
            {"type": word, "name": "n", "label": "N"},
            {
                "type": "select_one l",
                "name": "q",
                "label": "Q",
                "choice_filter": "code = ${n} and name != 'x'",
            },
        ]
        assert [choice.name for choice in state_of(survey, choices, n="1").choices("/q")] == offered


def test_a_constraint_speaks_in_its_authors_words_with_the_answers_in_them():
    survey = [
        {"type": "integer", "name": "max", "label": "Tope"},
        {
            "type": "integer",
            "name": "n",
            "label": "N",
            "constraint": ". <= ${max}",
            "constraint_message": "Hasta ${max}",
        },
        {"type": "integer", "name": "m", "label": "M", "constraint": ". > 0"},
    ]
    state = state_of(survey, max="5", n="6", m="0")
    assert state.errors("/n") == ("Hasta 5",)
    assert "no cumple" in state.errors("/m")[0]
    state.set("/max", "6")
    assert state.errors("/n") == ()


def test_a_required_answer_that_was_emptied_is_an_error_and_one_not_reached_is_not():
    survey = [
        {"type": "text", "name": "q", "label": "Q", "required": "yes", "required_message": "Hace falta"}
    ]
    state = state_of(survey)
    assert (state.errors("/q"), state.missing_required()) == ((), ("/q",))
    state.set("/q", "algo")
    assert state.missing_required() == ()
    state.set("/q", "")
    assert state.errors("/q") == ("Hace falta",)


def test_a_total_shown_to_people_is_judged_like_an_answer():
    survey = [
        {"type": "integer", "name": "a", "label": "A"},
        {"type": "integer", "name": "b", "label": "B"},
        {
            "type": "integer",
            "name": "total",
            "label": "Total",
            "calculation": "${a} + ${b}",
            "constraint": ". = 100",
            "required": "yes",
        },
    ]
    state = state_of(survey, a="60")
    assert state.missing_required() == ("/total",)
    assert "se calcula" in state.required_message("/total")
    state.set("/b", "30")
    assert list(state.invalid()) == ["/total"]
    state.set("/b", "40")
    assert (state.invalid(), state.missing_required()) == ({}, ())
    assert state.is_read_only("/total")


def test_defaults_are_answers_until_they_are_changed():
    survey = [
        {"type": "text", "name": "a", "label": "A", "default": "uno"},
        {"type": "date", "name": "d", "label": "D", "default": "today()"},
        {"type": "calculate", "name": "c", "calculation": "concat(${a}, '!')"},
    ]
    state = state_of(survey)
    assert (state.value("/c"), state.value("/d")) == ("uno!", "2026-11-22")
    assert state.pinned_answers() == {"/d": "2026-11-22"}
    state.set("/a", "")
    assert state.value("/c") == "!"
    assert FormState(state.definition, state.answers, now=NOW).value("/c") == "!"


def test_what_was_settled_once_stays_on_a_later_visit():
    survey = [
        {"type": "start", "name": "began"},
        {"type": "calculate", "name": "id", "calculation": "once(uuid())"},
        {"type": "text", "name": "q", "label": "Q"},
    ]
    first = state_of(survey)
    pinned = first.pinned_answers()
    assert set(pinned) == {"/began", "/id"}
    later = FormState(first.definition, {**first.answers, **pinned}, now=NOW.replace(year=2027))
    assert (later.value("/began"), later.value("/id")) == (pinned["/began"], pinned["/id"])


def test_silent_data_comes_from_what_is_known_about_the_person():
    survey = [
        {"type": "username", "name": "who"},
        {"type": "today", "name": "day"},
        {"type": "deviceid", "name": "device"},
        {"type": "note", "name": "n", "label": "${who} ${day}"},
    ]
    state = FormState(read(survey).definition, {}, now=NOW, metadata={"username": "ana"})
    assert state.label("/n") == "ana 2026-11-22"
    assert state.value("/device") == ""
    assert steps(state) == [("question", "/n")]


def test_pulldata_reads_an_attached_table_and_is_empty_without_it():
    survey = [
        {"type": "text", "name": "code", "label": "Código"},
        {"type": "calculate", "name": "town", "calculation": "pulldata('towns', 'name', 'code', ${code})"},
    ]
    assert state_of(survey, code="7").value("/town") == ""
    definition = replace(read(survey).definition, tables={"towns": ({"code": "7", "name": "Azul"},)})
    assert FormState(definition, {"/code": "7"}, now=NOW).value("/town") == "Azul"


def test_texts_come_in_the_language_asked_for_or_the_nearest_one():
    survey = [{"type": "select_one yn", "name": "q", "label::es": "Hola", "label::en": "Hello"}]
    definition = read(survey, YES_NO).definition
    labels = {
        language: FormState(definition, {}, now=NOW, language=language).label("/q")
        for language in ("es", "es-ar", "en", "fr")
    }
    assert labels == {"es": "Hola", "es-ar": "Hola", "en": "Hello", "fr": "Hola"}


def test_progress_counts_what_a_person_can_answer_now():
    survey = [
        {"type": "text", "name": "a", "label": "A"},
        {"type": "text", "name": "b", "label": "B", "relevant": "${a} = 'x'"},
        {"type": "text", "name": "c", "label": "C", "read_only": "yes"},
        {"type": "note", "name": "d", "label": "D"},
        {"type": "calculate", "name": "e", "calculation": "1"},
    ]
    state = state_of(survey)
    assert (state.progress().answered, state.progress().asked) == (0, 1)
    state.set("/a", "x")
    progress = state.progress(state.definition.sections[0])
    assert (progress.answered, progress.asked) == (1, 2)
