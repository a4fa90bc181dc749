"""What the catalogue says of questionnaires."""

from collections.abc import Iterable

from evaluate.models import QuestionnaireVersion
from portal.catalog.kinds import EntryDraft

ENTRY_KIND = "questionnaire"


def entry_draft(version: QuestionnaireVersion) -> EntryDraft:
    """Describe a questionnaire by its version in force; the entry is the questionnaire's and survives versions."""
    questionnaire = version.questionnaire
    languages = {
        language: title for language, title in version.titles.items() if language in {"es", "en", "pt"}
    }
    language = "es" if "es" in languages or not languages else next(iter(languages))
    return EntryDraft(
        kind=ENTRY_KIND,
        object_id=questionnaire.pk,
        url=questionnaire.get_absolute_url(),
        title=(languages.get(language) or version.title)[:300],
        summary=version.summaries.get(language, ""),
        language=language,
        translations={
            other: {"title": title, "summary": version.summaries.get(other, "")}
            for other, title in languages.items()
            if other != language
        },
        areas=[questionnaire.area.slug] if questionnaire.area else [],
        topics=version.topics,
        published_at=version.published_at or version.created_at,
    )


def entry_drafts() -> Iterable[EntryDraft]:
    """Describe every published questionnaire, for a rebuild of the catalogue."""
    versions = QuestionnaireVersion.objects.published().without_definition().by_area()
    return (entry_draft(version) for version in versions.iterator(chunk_size=200))
