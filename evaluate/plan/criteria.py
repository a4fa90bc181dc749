"""What a questionnaire's criteria are called, to choose one from."""

from dataclasses import dataclass

from evaluate.engine.definition import Group, Question, walk_items
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.result.building import reader_language
from evaluate.result.words import Words
from evaluate.services.definitions import definition_of


@dataclass(frozen=True)
class CriterionName:
    """A criterion by its key, with its words and its section's."""

    key: str
    label: str
    section: str


def shown_version(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """Return the version in force, or the last one that was."""
    versions = questionnaire.versions.exclude(status=QuestionnaireVersion.Status.DRAFT)
    return versions.order_by("-number").first()


def criterion_names(version: QuestionnaireVersion) -> list[CriterionName]:
    """List a version's criteria in the reader's language, in the questionnaire's order."""
    definition = definition_of(version)
    words = Words(definition, reader_language())
    paths: dict[str, list[str]] = {}
    for path, key in definition.criterion_keys.items():
        paths.setdefault(key, []).append(path)
    sections = {
        item.path: section.key
        for section in definition.sections
        for item in walk_items(section.items)
        if isinstance(item, Question | Group)
    }
    return [
        CriterionName(key, words.criterion(of_key), words.section(sections.get(of_key[0], "")))
        for key, of_key in paths.items()
    ]


def questionnaire_titles(questionnaires: list[int]) -> dict[int, str]:
    """Return what questionnaires are called in the reader's language, by id. One query."""
    versions = (
        QuestionnaireVersion.objects.filter(questionnaire__in=questionnaires)
        .exclude(status=QuestionnaireVersion.Status.DRAFT)
        .without_definition()
        .select_related("questionnaire")
        .order_by("questionnaire", "number")
    )
    return {version.questionnaire_id: version.title for version in versions}
