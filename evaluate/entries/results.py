"""What the catalogue says of results that municipalities made public."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from evaluate.models import EvaluationRun
from evaluate.result.building import public_result_of
from evaluate.result.parts import STRONG, Result, ResultCriterion
from portal.catalog.kinds import EntryDraft

RESULT_KIND = "result"
LANGUAGE = "es"
OTHER_LANGUAGES = ("en", "pt")
STRENGTHS_IN_SUMMARY = 3


def public_runs() -> QuerySet[EvaluationRun]:
    """Return, for each result that is public now, the run that it shows: the last one that was signed and scored."""
    return (
        EvaluationRun.objects.done()
        .filter(evaluation__published_at__isnull=False)
        .order_by("evaluation_id", "-pk")
        .distinct("evaluation_id")
        .select_related(
            "evaluation__version__questionnaire__area",
            "evaluation__questionnaire__area",
            "evaluation__municipality__country",
        )
    )


def result_draft(run: EvaluationRun) -> EntryDraft:
    """Describe a public result; its topics are those in which the town is strong, for others who are weak there."""
    evaluation = run.evaluation
    town = evaluation.municipality
    texts = {language: _texts(run, language) for language in (LANGUAGE, *OTHER_LANGUAGES)}
    with override(LANGUAGE):
        result = public_result_of(evaluation, run)
    area = evaluation.questionnaire.area
    areas = [*([area.slug] if area else []), *(each.key for each in result.areas)]
    return EntryDraft(
        kind=RESULT_KIND,
        object_id=evaluation.pk,
        url=reverse("evaluate:published-result", args=[evaluation.public_id]),
        title=texts[LANGUAGE]["title"],
        summary=texts[LANGUAGE]["summary"],
        language=LANGUAGE,
        translations={language: texts[language] for language in OTHER_LANGUAGES},
        municipality_id=town.pk if town else None,
        country_id=town.country_id if town else None,
        place_name=str(town or "")[:150],
        areas=list(dict.fromkeys(areas)),
        topics=strong_topics(result.criteria),
        people=sorted({one for one in (evaluation.submitted_by_id, evaluation.published_by_id) if one}),
        published_at=evaluation.published_at or run.signed_at,
        is_sample=evaluation.is_sample,
    )


def result_drafts() -> Iterable[EntryDraft]:
    """Describe every public result, for a rebuild of the catalogue."""
    yield from _drafts(public_runs().iterator(chunk_size=200))


def strong_topics(criteria: Iterable[ResultCriterion]) -> list[str]:
    """Return the topics whose criteria reach two thirds together, each as heavy as the questionnaire weighs it."""
    reached: dict[str, tuple[Fraction, Fraction]] = {}
    for each in criteria:
        if each.topic and each.share is not None:
            points, weights = reached.get(each.topic, (Fraction(0), Fraction(0)))
            reached[each.topic] = (points + each.weight * each.share, weights + each.weight)
    return [topic for topic, (points, weights) in reached.items() if weights and points / weights >= STRONG]


def _drafts(runs: Iterator[EvaluationRun]) -> Iterator[EntryDraft]:
    for run in runs:
        try:
            yield result_draft(run)
        except ValueError:
            # Scored in a format of before: it has no page until it is scored again.
            continue


def _texts(run: EvaluationRun, language: str) -> dict[str, str]:
    with override(language):
        result = public_result_of(run.evaluation, run)
        title = _("%(place)s: resultado en «%(title)s»") % {"place": result.place_name, "title": result.title}
        return {"title": title[:300], "summary": _summary(result, run)}


def _summary(result: Result, run: EvaluationRun) -> str:
    parts = [
        _("Autoevaluación firmada el %(date)s.")
        % {"date": date_format(localtime(run.signed_at), "SHORT_DATE_FORMAT")}
    ]
    if result.total.percent is not None:
        reached = " · ".join(filter(None, [result.total.shown_score, result.total.level_name]))
        parts.append(_("Alcanzó: %(reached)s.") % {"reached": reached})
    strengths = [each.topic_label or each.section_label for each in result.strengths]
    if strengths:
        names = ", ".join(list(dict.fromkeys(strengths))[:STRENGTHS_IN_SUMMARY])
        parts.append(_("Sus puntos fuertes: %(names)s.") % {"names": names})
    return " ".join(parts)
