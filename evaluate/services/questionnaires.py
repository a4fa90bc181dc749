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

from evaluate.drafting.findings import findings
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.vocabulary import known_words
from evaluate.engine.criteria import read_criteria
from evaluate.engine.definition import FormDefinition
from evaluate.engine.definition_json import to_json
from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.xlsform import read_workbook
from evaluate.entries import ENTRY_KIND, entry_draft
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.slugs import require_slug_usable
from evaluate.services.versions import next_number, version_description
from portal.audit.services import audit_record
from portal.catalog.services import entry_publish, entry_withdraw
from portal.core.yaml_content import read_yaml
from portal.topics.models import PolicyArea

YAML_SUFFIXES = frozenset({".yaml", ".yml"})
_MOST_IN_FORCE_FIRST = (
    QuestionnaireVersion.Status.PUBLISHED,
    QuestionnaireVersion.Status.RETIRED,
    QuestionnaireVersion.Status.DRAFT,
)


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: the version that now stands for the file, whether it is new, and what to watch out for."""

    version: QuestionnaireVersion
    is_new: bool
    warnings: tuple[Problem, ...]


def questionnaire_import(
    *,
    data: bytes,
    filename: str,
    slug: str = "",
    area: str = "",
    publish: bool = False,
    replaces_draft: bool = False,
    is_new: bool = False,
    source: str = "",
    actor: Any = None,
) -> ImportOutcome:
    """Take in an XLSForm workbook or one of our readable files; the same content twice makes no second version.

    Args:
        data: the file's content; its kind is told by the name's ending.
        slug: the questionnaire's address; its form id when not given.
        area: slug of the policy area; the file's own when not given.
        publish: put it in force at once; what stops a draft from being published stops the file too.
        replaces_draft: throw away the open draft for it; without this an open draft is in the way.
        is_new: refuse a questionnaire that is there already.
        source: where the file comes from; its name when not given.
        actor: who brings it, if it is a person.

    Raises:
        FormRejected: the file cannot be used; nothing was changed.
    """
    definition, warnings = read_file(data, filename)
    with transaction.atomic():
        slug = slug or slugify(definition.form_id)
        found_area = _area(area or definition.area)
        questionnaire = _questionnaire(slug, found_area, is_new=is_new)
        content = to_json(definition)
        same = _same_version(questionnaire, definition_digest(content))
        if same is None and not publish:
            _make_room(questionnaire, replaces_draft=replaces_draft)
        origin = source or PurePath(filename).name
        version = same or _new_version(questionnaire, definition, content, data, origin, actor)
        if publish and version.status == QuestionnaireVersion.Status.DRAFT:
            _require_publishable(definition)
            version_publish(version=version)
        if publish and area and questionnaire.area != found_area:
            questionnaire.area = found_area
            questionnaire_update(questionnaire=questionnaire)
    return ImportOutcome(version, same is None, warnings)


@transaction.atomic
def questionnaire_update(*, questionnaire: Questionnaire) -> Questionnaire:
    """Keep a questionnaire's area and whether it takes answers, and have the catalogue say the same."""
    was = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    questionnaire.save(update_fields=["area", "is_open", "updated_at"])
    audit_record(
        action="questionnaire.updated",
        target=questionnaire,
        before={"area": was.area_id, "is_open": was.is_open},
        after={"area": questionnaire.area_id, "is_open": questionnaire.is_open},
    )
    versions = (
        QuestionnaireVersion.objects.published().without_definition().select_related("questionnaire__area")
    )
    if in_force := versions.filter(questionnaire=questionnaire).first():
        entry_publish(draft=entry_draft(in_force))
    return questionnaire


@transaction.atomic
def version_publish(*, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Put a version in force: the one before it takes no new answers, and what was begun with it goes on."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    now = timezone.now()
    earlier = questionnaire.versions.filter(status=QuestionnaireVersion.Status.PUBLISHED).exclude(
        pk=version.pk
    )
    _follow_area(questionnaire, version, earlier.first())
    earlier.update(status=QuestionnaireVersion.Status.RETIRED)
    was = version.status
    version.status = QuestionnaireVersion.Status.PUBLISHED
    version.published_at = version.published_at or now
    version.save(update_fields=["status", "published_at"])
    version_record("questionnaire.version-published", version, was)
    version.questionnaire = questionnaire
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
    version_record("questionnaire.version-retired", version, was)
    if was == QuestionnaireVersion.Status.PUBLISHED:
        entry_withdraw(kind=ENTRY_KIND, object_ids=[version.questionnaire_id])
    return version


def version_record(action: str, version: QuestionnaireVersion, was: str) -> None:
    """Note in the audit trail what happened to a version, and which status it had before."""
    before, after = {"status": was}, {"status": version.status, "number": version.number}
    audit_record(action=action, target=version, before=before, after=after)


def read_file(data: bytes, filename: str) -> tuple[FormDefinition, tuple[Problem, ...]]:
    """Return the questionnaire in a file, whose kind is told by its name's ending, and what to watch out for.

    Raises FormRejected when it cannot be used.
    """
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


def definition_digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of what a version asks, which tells whether two ask the same."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _area(slug: str) -> PolicyArea | None:
    found = PolicyArea.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        known = ", ".join(PolicyArea.objects.values_list("slug", flat=True))
        message = _("No existe el área «%(area)s». Las que hay son: %(known)s.")
        raise FormRejected([Problem(message % {"area": slug, "known": known})])
    return found


def _questionnaire(slug: str, area: PolicyArea | None, *, is_new: bool) -> Questionnaire:
    """Hold the questionnaire's row; one that is not there is made, in this area."""
    if not slug:
        raise FormRejected([Problem(_("El cuestionario no tiene identificador: indicá uno con --slug."))])
    try:
        require_slug_usable(slug)
    except EditRefused as refusal:
        raise FormRejected([Problem(refusal.message)]) from refusal
    questionnaire, is_made = Questionnaire.objects.select_for_update(of=("self",)).get_or_create(
        slug=slug, defaults={"area": area}
    )
    if is_new and not is_made:
        message = _("Ya hay un cuestionario «%(slug)s». Subí el archivo desde su página.")
        raise FormRejected([Problem(message % {"slug": slug})])
    return questionnaire


def _follow_area(
    questionnaire: Questionnaire, version: QuestionnaireVersion, earlier: QuestionnaireVersion | None
) -> None:
    """Move a questionnaire into the area that its new version names, unless nothing changed in that.

    Where the version before named the same area, whoever chose another one for the questionnaire meant it.
    """
    named = definition_of(version).area
    is_settled = questionnaire.area_id is not None and earlier is None
    if not named or is_settled or (earlier is not None and definition_of(earlier).area == named):
        return
    if area := PolicyArea.objects.filter(slug=named).first():
        questionnaire.area = area
        questionnaire.save(update_fields=["area", "updated_at"])


def _require_publishable(definition: FormDefinition) -> None:
    """Go on when nothing in it would stop a draft from being published: unknown topics, for instance."""
    left = [finding for finding in findings(definition, known_words().known) if finding.is_blocking]
    if left:
        raise FormRejected([Problem(_in_words(finding.name, finding.message)) for finding in left])


def _in_words(name: str, message: str) -> str:
    return f"{name}: {message}" if name else message


def _same_version(questionnaire: Questionnaire, digest: str) -> QuestionnaireVersion | None:
    """Find the version that asks exactly this, whoever made it; the one in force before others, a draft last."""
    order = [status.value for status in _MOST_IN_FORCE_FIRST]
    same = questionnaire.versions.filter(definition_sha256=digest)
    return min(same, key=lambda version: (order.index(version.status), -version.number), default=None)


def _make_room(questionnaire: Questionnaire, *, replaces_draft: bool) -> None:
    """See that there is one open draft at most."""
    open_drafts = questionnaire.versions.filter(status=QuestionnaireVersion.Status.DRAFT)
    if not open_drafts:
        return
    if not replaces_draft:
        message = _(
            "Este cuestionario ya tiene un borrador abierto. Seguí con ese, o pedí que el archivo lo reemplace."
        )
        raise FormRejected([Problem(message)])
    for draft in open_drafts:
        version_record("questionnaire.draft-replaced", draft, draft.status)
    open_drafts.delete()


def _new_version(
    questionnaire: Questionnaire,
    definition: FormDefinition,
    content: dict[str, Any],
    data: bytes,
    source: str,
    actor: Any,
) -> QuestionnaireVersion:
    version = questionnaire.versions.create(
        number=next_number(questionnaire),
        definition=content,
        definition_sha256=definition_digest(content),
        source_name=source[:200],
        source_sha256=hashlib.sha256(data).hexdigest(),
        edited_at=timezone.now() if actor else None,
        edited_by=actor,
        **version_description(definition),
    )
    version_record("questionnaire.version-uploaded", version, "")
    return version
