"""What the report says, as data for `templates/evaluate/report.typ`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext

from evaluate.benchmark.benchmark import Benchmark, ComparedRow
from evaluate.models import PlanStep
from evaluate.reporting.reading import next_level_text, plain_reading
from evaluate.reporting.words import report_words
from evaluate.result.explanation import Explanation
from evaluate.result.movement import Change, Movement
from evaluate.result.parts import Result, ResultCriterion, ResultGroup, ResultSection
from evaluate.result.suggestions import Suggestion

SHOWN_FIRST = 5
SHOWN_MOVES = 3
SHOWN_NEXT_STEPS = 6


@dataclass(frozen=True, kw_only=True)
class ReportParts:
    """All that a report is made of; what is empty is left out of it.

    Args:
        path: the page of the result within the portal.
        is_personal: whether it is a self-check, which has no signature and no town.
    """

    result: Result
    explanation: Explanation
    path: str
    is_personal: bool = False
    movement: Movement | None = None
    benchmark: Benchmark | None = None
    suggestions: Sequence[Suggestion] = ()
    steps: Sequence[PlanStep] = ()


def report_data(parts: ReportParts, *, made_at: datetime) -> dict[str, Any]:
    """Return what the template reads: texts and shares, no markup."""
    result, local = parts.result, timezone.localtime(made_at)
    return {
        "words": report_words(),
        "title": result.title,
        "place": result.place_name,
        "is_personal": parts.is_personal,
        "is_sample": result.is_sample,
        "total": {**_group(result.total), "score": result.total.shown_score},
        "scale": list(result.levels),
        "reading": plain_reading(result, parts.movement),
        "facts": _facts(parts, local),
        "strengths": [_criterion(each) for each in result.strengths[:SHOWN_FIRST]],
        "first": [_criterion(each) for each in result.opportunities[:SHOWN_FIRST]],
        "movement": _movement(parts.movement) if parts.movement else None,
        "areas": [_group(each) for each in result.areas] if len(result.areas) > 1 else [],
        "sections": [_section(each) for each in result.sections],
        "next_level": _next_level(result),
        "comparison": _comparison(parts.benchmark),
        "ideas": _ideas(parts.suggestions),
        "plan": _plan(parts.steps, local.date()),
        "how": _how(parts.explanation),
        "address": {"url": _absolute(parts.path), "text": _absolute(parts.path)},
    }


def _facts(parts: ReportParts, made_at: datetime) -> list[list[str]]:
    """List what the cover says beside the score, label and value."""
    words, signature = report_words(), parts.result.signature
    facts = []
    if signature.signed_at:
        label = words["finished" if parts.is_personal else "signed"]
        facts.append([label, _day(timezone.localtime(signature.signed_at))])
    if signature.signed_by and not parts.is_personal:
        facts.append([words["signed_by"], signature.signed_by])
    facts.append([words["version"], str(parts.result.version_number)])
    facts.append([words["made"], _day(made_at)])
    return facts


def _group(group: ResultGroup) -> dict[str, Any]:
    return {
        "label": group.label,
        "share": _fraction(group.share),
        "percent": group.shown_percent,
        "level": group.level_name,
    }


def _section(section: ResultSection) -> dict[str, Any]:
    return {**_group(section.group), "criteria": [_criterion(each) for each in section.criteria]}


def _criterion(criterion: ResultCriterion) -> dict[str, Any]:
    return {
        "number": criterion.number,
        "label": criterion.label,
        "section": criterion.section_label,
        "share": _fraction(criterion.share),
        "percent": criterion.shown_percent,
        "weight": "" if criterion.weight == 1 else criterion.shown_weight,
        "answer": criterion.answer,
        "answered": criterion.answered,
        "following": criterion.following,
        "exclusion": criterion.exclusion,
        "reasons": criterion.reasons,
    }


def _movement(movement: Movement) -> dict[str, Any]:
    return {
        "since": _day(timezone.localtime(movement.signed_at)),
        "total": _change(movement.total),
        "differences": list(movement.differences),
        "changes": [_change(each) for each in [*movement.up[:SHOWN_MOVES], *movement.down[:SHOWN_MOVES]]],
    }


def _change(change: Change) -> dict[str, str]:
    return {
        "label": change.label,
        "before": change.shown_before,
        "now": change.shown_now,
        "difference": change.shown_difference,
    }


def _next_level(result: Result) -> dict[str, Any] | None:
    following = result.next_level
    if following is None:
        return None
    steps = [
        {"label": step.criterion.label, "targets": [target.description for target in step.targets]}
        for step in following.steps[:SHOWN_NEXT_STEPS]
    ]
    left = len(following.steps) - len(steps)
    more = ngettext("Y %(count)s criterio más.", "Y %(count)s criterios más.", left) % {"count": left}
    return {"text": next_level_text(following), "steps": steps, "more": more if left else ""}


def _comparison(benchmark: Benchmark | None) -> dict[str, Any] | None:
    """The total and the sections beside the chosen peers, where they have figures."""
    if benchmark is None or not benchmark.chosen.has_figures:
        return None
    rows = [row for row in (benchmark.total, *benchmark.sections) if row.group is not None]
    if not rows:
        return None
    chosen = benchmark.chosen
    dates = [_short_day(timezone.localtime(each)) for each in (chosen.oldest_at, chosen.newest_at) if each]
    return {
        "group": chosen.label,
        "rule": chosen.rule,
        "dates": " – ".join(dict.fromkeys(dates)),
        "notice": benchmark.self_reported,
        "rows": [_compared(row) for row in rows],
    }


def _compared(row: ComparedRow) -> dict[str, str]:
    group = row.group
    return {
        "label": row.label,
        "own": "" if row.own is None else f"{row.own} %",
        "median": f"{group.median} %" if group else "",
        "quartiles": f"{group.q1}–{group.q3} %" if group else "",
        "n": row.n_words,
        "position": row.position_words,
    }


def _ideas(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    return [
        {
            "label": suggestion.criterion.label,
            "percent": suggestion.criterion.shown_percent,
            "also": [f"{each.label} ({each.shown_percent})" for each in suggestion.also],
            "towns": [
                {"place": town.place_name, "title": town.shown_title, "url": _absolute(town.url)}
                for town in suggestion.towns
            ],
            "entries": [
                {
                    "title": each.entry.shown_title,
                    "kind": each.kind,
                    "place": each.entry.place_name,
                    "reason": each.reason,
                    "url": _absolute(each.entry.url),
                    "address": _absolute(each.entry.url),
                }
                for each in suggestion.entries
            ],
        }
        for suggestion in suggestions
        if suggestion.entries or suggestion.towns
    ]


def _plan(steps: Iterable[PlanStep], today: date) -> list[dict[str, Any]]:
    return [
        {
            "title": step.title,
            "criterion": step.criterion_label,
            "responsible": str(step.responsible or ""),
            "due": _short_day(step.due_on) if step.due_on else "",
            "is_overdue": step.is_overdue(today),
            "status": str(step.get_status_display()),
        }
        for step in steps
    ]


def _how(explanation: Explanation) -> dict[str, Any]:
    works = [explanation.total, *(work for work, _criteria in explanation.sections)]
    return {
        "method": explanation.method_text,
        "not_applicable": explanation.not_applicable_text,
        "levels": list(explanation.levels),
        "sums": [
            {
                "label": work.group.label,
                "formula": work.formula,
                "exact": work.exact,
                "shown": work.shown,
            }
            for work in works
            if work.share is not None
        ],
    }


def _fraction(share: Any) -> float | None:
    """Return a share as a bar draws it; bars do not leave their frame."""
    return None if share is None else min(max(float(share), 0.0), 1.0)


def _absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL.rstrip('/')}{path}"


def _day(moment: date) -> str:
    """Write a date in full, as a letter does. Source: Unicode CLDR, through Babel."""
    locale = Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-")
    return str(format_date(moment, "long", locale=locale))


def _short_day(moment: date) -> str:
    return date_format(moment, "SHORT_DATE_FORMAT")
