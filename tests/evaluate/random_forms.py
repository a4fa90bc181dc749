"""Random questionnaires with answers, for the laws of scoring."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from evaluate.engine.definition import SCORING_METHODS, Choice, FormDefinition, Group, Question, Repeat
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring import Score, score
from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW

FACT = Question(name="fact", path="/fact", type=QuestionType.SELECT_ONE, choice_list="facts")
FACTS = (Choice("yes"), Choice("no"))
RELEVANCES = ("", "", "", "/fact = 'yes'", "/fact != 'yes'")
WEIGHTS = ("0", "1", "2", "0.1", "2.5", "1/3")
POINTS = ("", "0", "1", "2", "3", "-1", "0.25", "-2.5", "2/3")
THRESHOLDS = ((), ("0", "33.3", "80"), ("10", "20", "30"))


@dataclass(frozen=True)
class Response:
    """A questionnaire, the answers to it, and what is marked as not applicable."""

    definition: FormDefinition
    answers: Mapping[str, str]
    not_applicable: Mapping[str, str] = field(default_factory=dict)

    @property
    def score(self) -> Score:
        """Its score."""
        return score(
            self.definition,
            FormState(self.definition, self.answers, now=NOW, not_applicable=self.not_applicable),
        )

    def cases(self, question: Question) -> list[str]:
        """The answer paths of a question that hold something."""
        _top, section, name = question.path.split("/")
        numbered = {f"/{section}[{number}]/{name}" for number in (1, 2)}
        return [
            path for path in {question.path, *numbered} if path in self.answers or path in self.not_applicable
        ]

    def without(self, question: Question) -> "Response":
        """The same with a question taken out of the questionnaire, and its answers with it."""
        items = tuple(_without(item, question.path) for item in self.definition.items)
        gone = self.cases(question)
        return Response(
            replace(self.definition, items=items),
            {path: value for path, value in self.answers.items() if path not in gone},
            {path: why for path, why in self.not_applicable.items() if path not in gone},
        )

    def with_question(self, question: Question) -> "Response":
        """The same with a question declared otherwise."""
        items = tuple(_with(item, question) for item in self.definition.items)
        return replace(self, definition=replace(self.definition, items=items))


def scored_questions(definition: FormDefinition) -> list[Question]:
    """The questions whose choices are worth points."""
    return [question for question in definition.questions if definition.is_scored_question(question)]


@st.composite
def responses(draw: st.DrawFn) -> Response:
    """A questionnaire of up to three sections, some repeated, with whatever scoring may declare, and answers."""
    traits = {
        name: {
            "stage": draw(st.sampled_from((None, 1, 2, 3))),
            "met_at": draw(st.sampled_from(("1", "0.5", "2/3"))),
            "area": draw(st.sampled_from(("", "salud", "agua"))),
        }
        for name in ("shared", "")
    }
    sections, lists = [FACT], {"facts": FACTS}
    for number in range(draw(st.integers(1, 3))):
        path = f"/s{number}"
        questions = tuple(
            draw(_questions(path, place, traits, lists)) for place in range(draw(st.integers(1, 4)))
        )
        kind = draw(st.sampled_from((Group, Group, Repeat)))
        sections.append(
            kind(name=path[1:], path=path, items=questions, relevant=draw(st.sampled_from(RELEVANCES)))
        )
    definition = FormDefinition(
        form_id="r",
        title="R",
        scoring=draw(st.sampled_from(sorted(SCORING_METHODS))),
        level_names=({"es": "1"}, {"es": "2"}, {"es": "3"}),
        level_thresholds=draw(st.sampled_from(THRESHOLDS)),
        not_applicable=draw(st.sampled_from(("excluded", "counted", "no"))),
        items=tuple(sections),
        choice_lists=lists,
    )
    return draw(_answered(definition))


@st.composite
def _questions(draw: st.DrawFn, section: str, place: int, traits: dict, lists: dict) -> Question:
    name = f"q{section[1:]}_{place}"
    criterion = draw(st.sampled_from(("", "", "shared")))
    points = [draw(st.sampled_from(POINTS[1:]))]
    points += draw(st.lists(st.sampled_from(POINTS), min_size=1, max_size=3))
    lists[name] = tuple(Choice(f"c{number}", points=each) for number, each in enumerate(points))
    return Question(
        name=name,
        path=f"{section}/{name}",
        type=draw(st.sampled_from((QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE))),
        choice_list=name,
        weight=draw(st.sampled_from(WEIGHTS)),
        criterion=criterion,
        not_applicable=draw(st.sampled_from(("", "", "excluded", "counted"))),
        relevant=draw(st.sampled_from(RELEVANCES)),
        **traits[criterion],
    )


@st.composite
def _answered(draw: st.DrawFn, definition: FormDefinition) -> Response:
    answers = {"/fact": draw(st.sampled_from(("yes", "no", "")))}
    not_applicable = {}
    repeats = {item.path for item in definition.items if isinstance(item, Repeat)}
    cases = {path: draw(st.integers(1, 2)) for path in sorted(repeats)}
    for question in scored_questions(definition):
        section = question.path.rpartition("/")[0]
        names = [choice.name for choice in definition.choice_lists[question.choice_list]]
        for number in range(1, cases.get(section, 1) + 1):
            case = f"{section}[{number}]" if section in repeats else section
            most = len(names) if question.type is QuestionType.SELECT_MULTIPLE else 1
            picked = draw(st.lists(st.sampled_from(names), max_size=most, unique=True))
            answers[f"{case}/{question.name}"] = " ".join(picked)
            if draw(st.integers(0, 4)) == 0:
                not_applicable[f"{case}/{question.name}"] = "No aplica."
    return Response(definition, answers, not_applicable)


def _without(item: object, path: str) -> object:
    if isinstance(item, Group):
        return replace(item, items=tuple(each for each in item.items if each.path != path))
    return item


def _with(item: object, question: Question) -> object:
    if isinstance(item, Group):
        return replace(
            item, items=tuple(question if each.path == question.path else each for each in item.items)
        )
    return item
