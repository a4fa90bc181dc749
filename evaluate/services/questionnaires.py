"""Bringing questionnaires into the portal, and publishing them."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evaluate.engine.criteria import read_criteria
from evaluate.engine.definition import FormDefinition
from evaluate.engine.definition_json import to_json
from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.scoring import scoring_signature
from evaluate.engine.xlsform import read_workbook
from evaluate.entries import ENTRY_KIND, entry_draft
from evaluate.models import Questionnaire, QuestionnaireVersion
from portal.audit.services import audit_record
from portal.catalog.services import entry_publish, entry_withdraw
from portal.core.yaml_content import read_yaml
from portal.topics.models import PolicyArea

YAML_SUFFIXES = frozenset({".yaml", ".yml"})


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: the version that now stands for the file, whether it is new, and what to watch out for."""

    version: QuestionnaireVersion
    is_new: bool
    warnings: tuple[Problem, ...]


def questionnaire_import(
    *, data: bytes, filename: str, slug: str = "", area: str = "", publish: bool = False
) -> ImportOutcome:
    """Take in an XLSForm workbook or one of our readable files; the same content twice makes no second version.

    Args:
        data: the file's content; its kind is told by the name's ending.
        slug: the questionnaire's address; its form id when not given.
        area: slug of the policy area; the file's own when not given.

    Raises:
        FormRejected: the file cannot be used; nothing was changed.
    """
    definition, warnings = _read(data, filename)
    with transaction.atomic():
        questionnaire = _questionnaire(slug or slugify(definition.form_id), area or definition.area)
        version, is_new = _version(questionnaire, definition, data, filename)
        if publish and version.status == QuestionnaireVersion.Status.DRAFT:
            version_publish(version=version)
    return ImportOutcome(version, is_new, warnings)


@transaction.atomic
def version_publish(*, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Put a version in force: the one before it takes no new answers, and what was begun with it goes on."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    now = timezone.now()
    earlier = questionnaire.versions.filter(status=QuestionnaireVersion.Status.PUBLISHED).exclude(
        pk=version.pk
    )
    earlier.update(status=QuestionnaireVersion.Status.RETIRED)
    was = version.status
    version.status = QuestionnaireVersion.Status.PUBLISHED
    version.published_at = version.published_at or now
    version.save(update_fields=["status", "published_at"])
    _record("questionnaire.version-published", version, was)
    entry_publish(draft=entry_draft(version))
    return version


@transaction.atomic
def version_retire(*, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Take the version in force out of use; without another one the questionnaire cannot be started."""
    Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    was = version.status
    version.status = QuestionnaireVersion.Status.RETIRED
    version.published_at = version.published_at or timezone.now()
    version.save(update_fields=["status", "published_at"])
    _record("questionnaire.version-retired", version, was)
    if was == QuestionnaireVersion.Status.PUBLISHED:
        entry_withdraw(kind=ENTRY_KIND, object_ids=[version.questionnaire_id])
    return version


def _record(action: str, version: QuestionnaireVersion, was: str) -> None:
    before, after = {"status": was}, {"status": version.status, "number": version.number}
    audit_record(action=action, target=version, before=before, after=after)


def _read(data: bytes, filename: str) -> tuple[FormDefinition, tuple[Problem, ...]]:
    if PurePath(filename).suffix.lower() in YAML_SUFFIXES:
        return _read_yaml(data), ()
    reading = read_workbook(data, filename=filename)
    return reading.definition, reading.warnings


def _read_yaml(data: bytes) -> FormDefinition:
    try:
        content = read_yaml(data)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        message = _("El archivo no se puede leer como YAML: revisá los espacios al comienzo de cada renglón.")
        raise FormRejected([Problem(message, row=mark.line + 1 if mark else None)]) from error
    if not isinstance(content, dict):
        raise FormRejected([Problem(_("El archivo está vacío o no es un cuestionario."))])
    return read_criteria(content)


def _questionnaire(slug: str, area: str) -> Questionnaire:
    if not slug:
        raise FormRejected([Problem(_("El cuestionario no tiene identificador: indicá uno con --slug."))])
    found_area = PolicyArea.objects.filter(slug=area).first() if area else None
    if area and found_area is None:
        known = ", ".join(PolicyArea.objects.values_list("slug", flat=True))
        raise FormRejected(
            [
                Problem(
                    _("No existe el área «%(area)s». Las que hay son: %(known)s.")
                    % {"area": area, "known": known}
                )
            ]
        )
    questionnaire, is_new = Questionnaire.objects.select_for_update().get_or_create(
        slug=slug, defaults={"area": found_area}
    )
    if not is_new and found_area is not None and questionnaire.area_id != found_area.pk:
        questionnaire.area = found_area
        questionnaire.save(update_fields=["area", "updated_at"])
    return questionnaire


def _version(
    questionnaire: Questionnaire, definition: FormDefinition, data: bytes, filename: str
) -> tuple[QuestionnaireVersion, bool]:
    latest = questionnaire.versions.order_by("-number").first()
    content = to_json(definition)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    if latest is not None and latest.definition_sha256 == digest:
        return latest, False
    version = questionnaire.versions.create(
        number=latest.number + 1 if latest else 1,
        definition=content,
        definition_sha256=digest,
        source_name=PurePath(filename).name[:200],
        source_sha256=hashlib.sha256(data).hexdigest(),
        **_description(definition),
    )
    return version, True


def _description(definition: FormDefinition) -> dict[str, Any]:
    asked = [question for question in definition.questions if question.is_answerable]
    return {
        "titles": dict(definition.titles) or {definition.default_language: definition.title},
        "summaries": dict(definition.summary),
        "default_language": definition.default_language,
        "topics": sorted({question.topic for question in asked if question.topic}),
        "minutes": definition.minutes,
        "question_count": len(asked),
        "criteria_count": len(set(definition.criterion_keys.values())),
        "is_scored": bool(definition.scoring),
        "scoring_signature": scoring_signature(definition),
    }
