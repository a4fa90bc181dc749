"""Questionnaires made by Hypothesis: what a definition can hold, with texts that no author would think of."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from evaluate.engine.definition import (
    NOT_APPLICABLE_RULES,
    SCORING_METHODS,
    STAGED,
    Choice,
    FormDefinition,
    Group,
    Item,
    Question,
    Repeat,
)
from evaluate.engine.question_types import QuestionType

ODD = "aé ñ=+-@'\"“”‘’|\\\n\t<>&_x0041_#🌱​\xa0\x07\r;:,1"
odd_texts = st.one_of(
    st.text(alphabet=st.sampled_from(ODD), min_size=1, max_size=12),
    st.sampled_from(
        ["=SUM(A1:A9)", " en el medio  dos ", "#N/A", "¿Qué | cuál?", "a\n\nb", "TRUE", "007", "1e5"]
    ),
)
points = st.sampled_from(["", "0", "1", "2.50", "-1", "10"])
TEXT_FIELDS = ("hint", "guidance", "good", "evidence", "required_message", "constraint_message")
PLAIN_TYPES = (
    QuestionType.TEXT,
    QuestionType.INTEGER,
    QuestionType.DATE,
    QuestionType.NOTE,
    QuestionType.FILE,
)
SELECTS = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
TABLE = ({"name": "m1", "label": "Uno", "zona": "n"}, {"name": "m2", "label": "Dos | 2", "zona": "="})


@st.composite
def definitions(draw: st.DrawFn) -> FormDefinition:
    """A questionnaire that the portal would accept, of up to a dozen items."""
    return _Maker(draw).definition()


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0
        self.asked: list[str] = []
        self.languages = draw(st.sampled_from([("default",), ("es",), ("es", "en"), ("pt", "es", "gn")]))
        self.method = draw(st.sampled_from(["", *sorted(SCORING_METHODS)]))
        self.levels = draw(st.integers(0, 4))
        self.tables: dict[str, Any] = {}
        self.lists = {f"list_{number}": self.choices() for number in range(draw(st.integers(1, 3)))}

    def definition(self) -> FormDefinition:
        items = tuple(self.item("", 0) for _each in range(self.draw(st.integers(1, 5))))
        if not any(isinstance(item, Question) for item in items):
            items = (*items, self.question(""))
        thresholds = tuple(str(place * 20) for place in range(self.levels))
        return FormDefinition(
            form_id="f",
            title=self.draw(odd_texts),
            titles=self.texts() if self.languages != ("default",) else {},
            version=self.draw(st.sampled_from(["", "1", "2026.11"])),
            summary=self.texts(),
            intro=self.texts(),
            minutes=self.draw(st.none() | st.integers(0, 90)),
            languages=self.languages,
            default_language=self.languages[0],
            scoring=self.method,
            level_names=tuple(self.full_texts() for _level in range(self.levels)),
            level_thresholds=self.draw(st.sampled_from([(), thresholds])),
            not_applicable=self.draw(st.sampled_from(sorted(NOT_APPLICABLE_RULES))),
            items=items,
            choice_lists=self.lists,
            tables=self.tables,
        )

    def texts(self) -> dict[str, str]:
        chosen = self.draw(st.sets(st.sampled_from(self.languages)))
        return {language: self.draw(odd_texts) for language in self.languages if language in chosen}

    def full_texts(self) -> dict[str, str]:
        return {language: self.draw(odd_texts) for language in self.languages}

    def choices(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                f"c{number}",
                self.full_texts(),
                {"zona": self.draw(odd_texts)},
                self.draw(points),
                self.draw(st.sampled_from([{}, {"image": {self.languages[0]: "foto.png"}}])),
            )
            for number in range(self.draw(st.integers(1, 3)))
        )

    def item(self, parent: str, depth: int) -> Item:
        kind = self.draw(st.sampled_from(["question", "question", "question", "group", "repeat"]))
        if kind == "question" or depth == 2:
            return self.question(parent)
        name = self.name("g")
        path = f"{parent}/{name}"
        outside = list(self.asked)
        items = tuple(self.item(path, depth + 1) for _each in range(self.draw(st.integers(1, 3))))
        # What is asked inside cannot decide how often it is asked, and outside means all its cases.
        self.asked = outside
        common = {
            "name": name,
            "path": path,
            "label": self.full_texts(),
            "hint": self.texts(),
            "items": items,
        }
        if kind == "group":
            return Group(**common, relevant=self.draw(st.sampled_from(["", "1 = 1", "true()"])))
        return Repeat(**common, count=self.draw(st.sampled_from(["", *self.mentions])))

    @property
    def mentions(self) -> list[str]:
        return [f"${{{name}}}" for name in self.asked]

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def question(self, parent: str) -> Question:
        name = self.name("q")
        texts = {field: self.texts() for field in TEXT_FIELDS}
        question = Question(
            name=name,
            path=f"{parent}/{name}",
            label=self.full_texts(),
            type=self.draw(st.sampled_from(PLAIN_TYPES)),
            relevant=self.draw(
                st.sampled_from(["", "1 < 2", "string-length('a  b') > 2", *self.conditions()])
            ),
            constraint=self.draw(st.sampled_from(["", ". != '='", "regex(., '^[a-z ]+$')"])),
            required=self.draw(st.sampled_from(["", "true()"])),
            area=self.draw(st.sampled_from(["", "open-government"])),
            topic=self.draw(st.sampled_from(["", "budget-execution"])),
            media=self.draw(st.sampled_from([{}, {"audio": {self.languages[-1]: "a.mp3"}}])),
            **texts,
        )
        if self.mentions and self.draw(st.booleans()):
            question = replace(question, label=dict.fromkeys(self.languages, f"Sobre {self.mentions[0]}"))
        made = self.draw(st.sampled_from([self.plain, self.select, self.from_table, self.external]))(question)
        self.asked.append(name)
        return made

    def conditions(self) -> list[str]:
        return [f"{each} != '' and not(selected({each}, 'c1'))" for each in self.mentions]

    def plain(self, question: Question) -> Question:
        if question.type is QuestionType.TEXT:
            return replace(question, default=self.draw(st.sampled_from(["", "nada", "-1"])))
        if question.type is QuestionType.DATE:
            return replace(question, default_formula=self.draw(st.sampled_from(["", "today()"])))
        return question

    def select(self, question: Question) -> Question:
        is_staged = self.method == STAGED
        highest = max(self.levels - 1, 1)
        if is_staged and self.levels == 1:
            self.levels = 2
        return replace(
            question,
            type=self.draw(st.sampled_from(SELECTS)),
            choice_list=self.draw(st.sampled_from(sorted(each for each in self.lists if "/" not in each))),
            choice_filter=self.draw(st.sampled_from(["", "zona != 'x'"])),
            weight=self.draw(st.sampled_from(["1", "0", "2.50"])),
            criterion=self.draw(st.sampled_from(["", f"criterio {question.name}"])),
            stage=self.draw(st.integers(1, highest)) if is_staged else None,
            met_at=self.draw(st.sampled_from(["1", "0.8"])),
            not_applicable=self.draw(st.sampled_from(["", *sorted(NOT_APPLICABLE_RULES)])),
        )

    def from_table(self, question: Question) -> Question:
        self.tables["zonas"] = TABLE
        language = self.languages[0]
        choices = tuple(Choice(row["name"], {language: row["label"]}, dict(row)) for row in TABLE)
        self.lists["file/zonas"] = choices
        kind = self.draw(st.sampled_from(SELECTS[:2]))
        return replace(question, type=kind, choice_list="file/zonas", choices_file="zonas.csv")

    def external(self, question: Question) -> Question:
        if "external/lejos" not in self.lists:
            self.lists["external/lejos"] = tuple(replace(each, points="") for each in self.choices())
        return replace(
            question, type=QuestionType.SELECT_ONE, choice_list="external/lejos", choice_filter="zona = 'x'"
        )
