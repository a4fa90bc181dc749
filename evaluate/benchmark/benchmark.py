"""A result beside those of its peers, as the page, the report and the API show it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluate.benchmark.figures import Quartiles, whole_percent
from evaluate.benchmark.groups import Family, Scope
from evaluate.benchmark.position import Position, position_of, position_words
from evaluate.benchmark.separation import FEWEST
from evaluate.benchmark.words import (
    SELF_REPORTED,
    family_label,
    family_rule,
    missing_group_reason,
    withheld_reason,
)
from evaluate.engine.definition import FormDefinition
from evaluate.engine.scoring import Score
from evaluate.models import Evaluation, EvaluationRun, PeerGroup
from evaluate.services.definitions import definition_of
from evaluate.services.peer_groups import peer_groups_look
from portal.places.models import Municipality

# Whom one wants to be compared with first.
PREFERRED = (Family.SIMILAR, Family.POPULATION, Family.PROVINCE, Family.ALL)
_REFERENCE = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True)
class GroupShown:
    """One peer group of a town: what it is called, who is in it, and whether it has figures."""

    family: str
    label: str
    rule: str = ""
    reason: str = ""
    count: int | None = None
    oldest_at: datetime | None = None
    newest_at: datetime | None = None
    released_at: datetime | None = None

    @property
    def has_figures(self) -> bool:
        """Whether there is something to compare with."""
        return self.count is not None


@dataclass(frozen=True)
class ComparedRow:
    """The total, a section or a criterion: the own value and the group's, in whole per cent."""

    key: str
    label: str
    section: str = ""
    own: int | None = None
    group: Quartiles | None = None
    # How many towns are in the group, to say of how many of them a figure is.
    group_count: int = 0
    since: datetime | None = None

    @property
    def position(self) -> Position | None:
        """The quarter that the own value lies in."""
        return None if self.own is None or self.group is None else position_of(self.own, self.group)

    @property
    def position_words(self) -> str:
        """The same as people say it; empty where there is nothing to say."""
        return position_words(self.position) if self.position else ""

    @property
    def n_words(self) -> str:
        """Of how many towns the figure is; not to the last one where that would tell how few were left out."""
        if self.group is None:
            return ""
        if 0 < self.group_count - self.group.n < FEWEST:
            return _("%(least)s o más") % {"least": max(FEWEST, self.group_count - FEWEST + 1)}
        return str(self.group.n)


@dataclass(frozen=True)
class Benchmark:
    """A result beside one peer group, and the groups that could be chosen instead."""

    municipality: Municipality | None
    groups: list[GroupShown]
    chosen: GroupShown
    total: ComparedRow
    sections: list[ComparedRow] = field(default_factory=list)
    criteria: list[ComparedRow] = field(default_factory=list)
    self_reported: str = ""

    def criteria_of(self, section: str) -> list[ComparedRow]:
        """The criteria of one section."""
        return [each for each in self.criteria if each.section == section]


def benchmark_of(
    evaluation: Evaluation, run: EvaluationRun, *, municipality: Municipality | None, family: str = ""
) -> Benchmark:
    """Compare a finished run with a peer group: the one asked for, or the most telling one that has figures.

    Args:
        evaluation: with its version at hand.
        run: its finished run.
        municipality: the town whose peers are meant: the evaluation's own, or its owner's for a self-check.
        family: which group, one of `PeerGroup.Family`; whatever else is taken for no wish.
    """
    score = Score.from_json(run.result or {})
    scope = Scope(evaluation.questionnaire_id, score.signature, evaluation.is_sample)
    looked = {row.family: row for row in peer_groups_look(scope=scope, municipality=municipality)}
    groups = [_shown(each, looked.get(each), municipality) for each in _offered(municipality)]
    chosen = _chosen(groups, family)
    row = looked.get(chosen.family)
    table = _Table(score, definition_of(evaluation.version), row if chosen.has_figures else None)
    return Benchmark(
        municipality=municipality,
        groups=groups,
        chosen=chosen,
        total=table.row("total", _("Total")),
        sections=table.sections(),
        criteria=table.criteria(),
        self_reported=str(SELF_REPORTED),
    )


def _offered(municipality: Municipality | None) -> tuple[Family, ...]:
    return PREFERRED if municipality else (Family.ALL,)


def _shown(family: str, row: PeerGroup | None, municipality: Municipality | None) -> GroupShown:
    label = family_label(family, municipality)
    if row is None:
        return GroupShown(family, label or family_label(family, None), reason=missing_group_reason(family))
    release = row.release
    if release is None:
        return GroupShown(family, label, reason=withheld_reason(row.withheld))
    return GroupShown(
        family,
        label,
        rule=family_rule(family, municipality, release.count),
        count=release.count,
        oldest_at=release.oldest_at,
        newest_at=release.newest_at,
        released_at=release.released_at,
    )


def _chosen(groups: list[GroupShown], family: str) -> GroupShown:
    asked = next((group for group in groups if group.family == family), None)
    return asked or next((group for group in groups if group.has_figures), groups[-1])


class _Table:
    """The rows of a comparison, with their labels in the reader's language."""

    def __init__(self, score: Score, definition: FormDefinition, group: PeerGroup | None) -> None:
        self._score = score
        self._definition = definition
        self._own = score.shares()
        self._release = group.release if group else None
        self._language = (get_language() or "es").split("-")[0]

    def row(self, key: str, label: str, section: str = "") -> ComparedRow:
        """One row; its figure is missing where fewer than five towns have it or it would tell too much."""
        own = self._own.get(key)
        figure: Mapping[str, Any] | None = self._release.figures.get(key) if self._release else None
        return ComparedRow(
            key=key,
            label=label,
            section=section,
            own=None if own is None else whole_percent(own),
            group=Quartiles.from_json(figure) if figure else None,
            group_count=self._release.count if self._release else 0,
            since=parse_datetime(figure["since"]) if figure and "since" in figure else None,
        )

    def sections(self) -> list[ComparedRow]:
        """The sections that have criteria, in the questionnaire's order."""
        labels = {section.key: section.label for section in self._definition.sections}
        return [
            self.row(f"section:{each.key}", self._text(labels.get(each.key, {})) or each.key, each.key)
            for each in self._score.sections
        ]

    def criteria(self) -> list[ComparedRow]:
        """The criteria, in the questionnaire's order, each under the label of its first question."""
        labels: dict[str, str] = {}
        for path, key in self._definition.criterion_keys.items():
            labels.setdefault(key, self._text(self._definition.by_path[path].label))
        return [
            self.row(f"criterion:{each.key}", labels.get(each.key) or each.key, each.section)
            for each in self._score.criteria
        ]

    def _text(self, texts: Mapping[str, str]) -> str:
        """A label without references to answers: peers' figures are not about this town's."""
        return _REFERENCE.sub("…", self._definition.text(texts, self._language))
