"""Questionnaires that come with the portal, and what RIL's staff made of them since."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from evaluate.engine.definition import FormDefinition
from evaluate.engine.definition_json import to_json
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.services.questionnaires import definition_digest, questionnaire_import, read_file

# Set in front of the file's name; what people upload has no folder.
FOLDER = "content/"
STATUSES = QuestionnaireVersion.Status


class Fate(StrEnum):
    """What became of a shipped questionnaire."""

    IN_FORCE = "in force"
    DRAFTED = "drafted"
    LEFT = "left"


@dataclass(frozen=True)
class Shipped:
    """One shipped questionnaire after it was brought in."""

    slug: str
    criteria: int
    fate: Fate


@transaction.atomic
def shipped_import(*, data: bytes, filename: str) -> Shipped:
    """Bring a shipped questionnaire in and put it in force, but never over what people decided.

    Where the version in force is not a shipped one, or none is in force any more, what is new becomes a draft that
    RIL's staff can look at and publish; an open draft of theirs is left alone, and so is everything else then.

    Raises:
        FormRejected: the file cannot be used; nothing was changed.
    """
    definition, _warnings = read_file(data, filename)
    slug = definition.form_id
    criteria = len(set(definition.criterion_keys.values()))
    questionnaire = Questionnaire.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    fate = _fate(questionnaire, definition) if questionnaire else None
    if fate is None or fate == Fate.DRAFTED:
        questionnaire_import(
            data=data,
            filename=filename,
            slug=slug,
            source=FOLDER + filename,
            publish=fate is None,
            replaces_draft=True,
        )
    return Shipped(slug, criteria, fate or Fate.IN_FORCE)


def _fate(questionnaire: Questionnaire, definition: FormDefinition) -> Fate | None:
    """Say what becomes of a shipped questionnaire that is there already; None: it is published."""
    versions = questionnaire.versions.defer("definition")
    same = versions.filter(definition_sha256=definition_digest(to_json(definition)))
    # A version that people published after it, or that they took out of use, was their decision.
    if same.exclude(status=STATUSES.DRAFT).exists():
        return Fate.IN_FORCE
    in_force = versions.published().first()
    if in_force is not None and _is_shipped(in_force):
        return None
    drafts = versions.filter(status=STATUSES.DRAFT)
    # A draft of ours that nobody has touched is nobody's work.
    return Fate.DRAFTED if all(_is_shipped(draft) for draft in drafts) else Fate.LEFT


def _is_shipped(version: QuestionnaireVersion) -> bool:
    """Say whether a version is as it came with the portal: drafts keep the source of what they began with."""
    return version.source_name.startswith(FOLDER) and version.edited_at is None
