"""Drafts of questionnaires: begun, edited by RIL's staff, published or thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.drafting.findings import Finding, findings
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.settings import empty_definition
from evaluate.drafting.vocabulary import known_words
from evaluate.engine.definition import FormDefinition
from evaluate.engine.definition_json import from_json, to_json
from evaluate.models import Evaluation, Questionnaire, QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.questionnaires import definition_digest, version_publish, version_record
from evaluate.services.slugs import require_slug_free
from evaluate.services.versions import next_number, version_description
from portal.audit.services import Target, audit_record
from portal.topics.models import PolicyArea

DRAFT = QuestionnaireVersion.Status.DRAFT
Edit = Callable[[FormDefinition], FormDefinition]


class DraftClosed(Exception):
    """The draft was published or thrown away meanwhile: nothing can be changed in it."""


class DraftChanged(Exception):
    """Somebody else changed just what an editor was changing; `version` is the draft as it is now."""

    def __init__(self, version: QuestionnaireVersion) -> None:
        """Keep the draft, to show what it says now."""
        super().__init__(str(version))
        self.version = version


class DraftUnfinished(Exception):
    """The draft cannot be published: `findings` are what is left to mend."""

    def __init__(self, left: list[Finding]) -> None:
        """Keep what is left to mend."""
        super().__init__("\n".join(finding.message for finding in left))
        self.findings = left


@dataclass(frozen=True)
class Held:
    """What an editor's page showed: the whole draft by its SHA-256, and a mark of the part that she edits."""

    definition_sha256: str
    part: str
    part_of: Callable[[FormDefinition], str]

    def is_overtaken(self, version: QuestionnaireVersion, definition: FormDefinition) -> bool:
        """Say whether that part is another by now; changes elsewhere do no harm."""
        return version.definition_sha256 != self.definition_sha256 and self.part_of(definition) != self.part


@transaction.atomic
def questionnaire_create(
    *, slug: str, area: PolicyArea | None, titles: dict[str, str], actor: Any
) -> QuestionnaireVersion:
    """Make a questionnaire with an empty first draft.

    Raises EditRefused when the address is taken or is a page's.
    """
    require_slug_free(slug)
    questionnaire = Questionnaire.objects.create(slug=slug, area=area)
    audit_record(action="questionnaire.created", target=questionnaire, after={"slug": slug})
    return _new_draft(questionnaire, empty_definition(slug, area.slug if area else "", titles), None, actor)


@transaction.atomic
def draft_start(*, version: QuestionnaireVersion, actor: Any) -> QuestionnaireVersion:
    """Begin a draft with what a version asks, be it in force or an older one.

    Raises EditRefused when the questionnaire has an open draft already.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    require_no_open_draft(questionnaire)
    return _new_draft(questionnaire, definition_of(version), version, actor)


@transaction.atomic
def draft_edit(*, version_id: int, edit: Edit, actor: Any, held: Held | None = None) -> QuestionnaireVersion:
    """Change what a draft asks, in one locked step.

    Args:
        edit: makes the new questionnaire out of the one that is there at this moment.
        held: what the editor's page showed; None for a change that loses nothing of anybody's.

    Raises:
        DraftClosed: it is no draft any more.
        DraftChanged: somebody else changed just this part.
        EditRefused: the change cannot be made; the message says why.
    """
    version = _locked_draft(version_id)
    definition = from_json(version.definition)
    if held is not None and held.is_overtaken(version, definition):
        raise DraftChanged(version)
    changed = edit(definition)
    content = to_json(changed)
    digest = definition_digest(content)
    if digest == version.definition_sha256:
        return version
    was = version.definition_sha256
    written = {
        "definition": content,
        "definition_sha256": digest,
        "edited_at": timezone.now(),
        "edited_by": actor,
        **version_description(changed),
    }
    for name, value in written.items():
        setattr(version, name, value)
    version.save(update_fields=list(written))
    audit_record(
        action="questionnaire.draft-edited",
        target=version,
        before={"definition_sha256": was},
        after={"definition_sha256": digest, "number": version.number},
    )
    return version


@transaction.atomic
def draft_publish(*, version_id: int, held: str, note: str, actor: Any) -> QuestionnaireVersion:
    """Put a draft in force as it was looked at, with a word on what changes.

    Raises:
        DraftClosed: it is no draft any more.
        DraftChanged: it is another than the one that was looked at.
        DraftUnfinished: something is left to mend.
    """
    # Before the draft's row, as an import holds them: two that wait for each other would both be lost.
    Questionnaire.objects.select_for_update(of=("self",)).filter(versions=version_id).first()
    version = _locked_draft(version_id)
    if version.definition_sha256 != held:
        raise DraftChanged(version)
    left = [finding for finding in draft_findings(version) if finding.is_blocking]
    if left:
        raise DraftUnfinished(left)
    version.note = note
    version.edited_by = actor
    version.save(update_fields=["note", "edited_by"])
    return version_publish(version=version)


@transaction.atomic
def draft_delete(*, version_id: int, actor: Any) -> None:
    """Throw a draft away; one that was published, or that anybody answered, stays.

    Raises:
        DraftClosed: it is no draft any more.
        EditRefused: somebody answered it.
    """
    version = _locked_draft(version_id)
    if Evaluation.objects.filter(version=version).exists():
        raise EditRefused(_("Este borrador tiene respuestas y no se puede eliminar."))
    audit_record(
        action="questionnaire.draft-deleted",
        target=Target("evaluate.questionnaireversion", str(version.pk)),
        before={"number": version.number, "definition_sha256": version.definition_sha256},
        actor_id=actor.pk,
    )
    version.delete()


def draft_findings(version: QuestionnaireVersion) -> list[Finding]:
    """Return all there is to say about a draft, what stops it from being published first."""
    return findings(definition_of(version), known_words().known)


def require_no_open_draft(questionnaire: Questionnaire) -> None:
    """Go on when the questionnaire has no open draft; the caller holds its row.

    Raises EditRefused when it has one.
    """
    if questionnaire.versions.filter(status=DRAFT).exists():
        message = _(
            "Este cuestionario ya tiene un borrador abierto. Seguí con ese, o eliminalo para empezar otro."
        )
        raise EditRefused(message)


def _new_draft(
    questionnaire: Questionnaire, definition: FormDefinition, source: QuestionnaireVersion | None, actor: Any
) -> QuestionnaireVersion:
    content = to_json(definition)
    version = questionnaire.versions.create(
        number=next_number(questionnaire),
        definition=content,
        definition_sha256=definition_digest(content),
        source_name=source.source_name if source else "",
        source_sha256=source.source_sha256 if source else "",
        based_on=source,
        edited_at=timezone.now(),
        edited_by=actor,
        **version_description(definition),
    )
    version_record("questionnaire.draft-started", version, "")
    return version


def _locked_draft(version_id: int) -> QuestionnaireVersion:
    """Hold the draft's row until the transaction ends; what was published is never given out to be changed."""
    version = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        .select_related("questionnaire")
        .filter(pk=version_id, status=DRAFT)
        .first()
    )
    if version is None:
        raise DraftClosed
    return version
