"""The one screen of a contribution, made ready for its template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise

from inspire.completeness import Completeness, completeness_of
from inspire.contribution_content import SECTIONS, is_empty, mark_of
from inspire.forms import ContributionForm
from inspire.forms.groups import GROUPS, NEEDED, FieldGroup
from inspire.models import TEXT_FIELDS, Contribution, ContributionComment, ContributionFile

FILES = "files"


@dataclass
class FieldPart:
    """A field of the screen.

    Args:
        mark: of what it shows.
        comments: what reviewers said about it.
        mine: what this author typed, where a co-author changed the same field meanwhile; what is shown is hers.
        refused: why what it shows was not kept.
        is_prefilled: whether it shows what the portal knows of the author and nobody kept yet.
    """

    bound: BoundField
    mark: str
    comments: list[ContributionComment] = field(default_factory=list)
    mine: str = ""
    refused: str = ""
    is_prefilled: bool = False

    @property
    def name(self) -> str:
        """The field's name."""
        return self.bound.name


@dataclass
class GroupPart:
    """A group of fields, and how many of them say something."""

    group: FieldGroup
    fields: list[FieldPart]
    filled: int
    is_open: bool

    @property
    def title(self) -> str | Promise:
        """Its heading."""
        return self.group.title


@dataclass(frozen=True)
class Screen:
    """The whole form: what is needed, the calm groups, and what was said about all of it or about the files."""

    needed: GroupPart
    groups: list[GroupPart]
    general: list[ContributionComment]
    about_files: list[ContributionComment]
    completeness: Completeness


def screen_of(
    form: ContributionForm,
    content: Mapping[str, Any],
    *,
    comments: Iterable[ContributionComment] = (),
    conflicts: Mapping[str, Any] | None = None,
    files: Iterable[ContributionFile] = (),
    refused: Mapping[str, str] | None = None,
) -> Screen:
    """Arrange a form for its template.

    Args:
        content: what the form shows.
        conflicts: what this author wanted, by field, where somebody else was quicker.
        refused: why, by field, where what the form shows was not kept.
    """
    said: dict[str, list[ContributionComment]] = {}
    for comment in comments:
        said.setdefault(comment.section, []).append(comment)
    arrange = _Arranging(form, content, said, conflicts or {}, refused or {})
    return Screen(
        needed=arrange.group(NEEDED),
        groups=[arrange.group(group) for group in GROUPS],
        general=said.get("", []),
        about_files=said.get(FILES, []),
        completeness=rough_completeness(content, files),
    )


class _Arranging:
    def __init__(
        self,
        form: ContributionForm,
        content: Mapping[str, Any],
        said: dict[str, list[ContributionComment]],
        conflicts: Mapping[str, Any],
        refused: Mapping[str, str],
    ) -> None:
        self.form, self.content, self.said = form, content, said
        self.conflicts, self.refused = conflicts, refused

    def group(self, group: FieldGroup) -> GroupPart:
        parts = [self._field(name) for name in group.names]
        needs_a_look = any(
            part.bound.errors
            or part.mine
            or part.refused
            or any(not comment.is_resolved for comment in part.comments)
            for part in parts
        )
        filled = sum(self._is_filled(name) for name in group.names)
        return GroupPart(group, parts, filled, needs_a_look)

    def _field(self, name: str) -> FieldPart:
        mine = in_words(self.conflicts[name]) if name in self.conflicts else ""
        is_prefilled = name in self.form.initial and is_empty(self.content.get(name))
        mark = mark_of(self.content.get(name))
        refused = self.refused.get(name, "")
        return FieldPart(self.form[name], mark, self.said.get(name, []), mine, refused, is_prefilled)

    def _is_filled(self, name: str) -> bool:
        # Always chosen, so that they say nothing about how much was told.
        return name not in {"level", "language"} and not is_empty(self.content.get(name))


def in_words(value: Any) -> str:
    """Return what was typed into a field as a text to read and copy."""
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values() if str(part).strip())
    if isinstance(value, list):
        return "\n".join(in_words(part) for part in value)
    return str(value)


def rough_completeness(content: Mapping[str, Any], files: Iterable[ContributionFile] = ()) -> Completeness:
    """Say how complete a text is while it is being written, valid or not."""
    kept = list(files)
    town = content.get("municipality") or {}
    return completeness_of(
        SimpleNamespace(
            **{name: content.get(name) or "" for name in (*TEXT_FIELDS, "cost_band", "stage")},
            start_year=content.get("start_year") or "",
            end_year=content.get("end_year") or "",
            country_id=content.get("country") or town.get("choice"),
            municipality_id=town.get("choice"),
            place_name=content.get("place_name"),
            latitude=content.get("latitude") or None,
            areas=content.get("areas"),
            figures=content.get("figures"),
            links=content.get("links"),
            people=content.get("people"),
            photos=[row for row in kept if row.is_photo],
            attachments=[row for row in kept if not row.is_photo],
        )
    )


def section_label(section: str) -> str | Promise:
    """Return what a part of a contribution is called; nothing for all of it."""
    label: str | Promise = SECTIONS.get(section, "")
    return label


def status_help(contribution: Contribution) -> str:
    """Return the name of the status that the templates explain, with the fate of what was published."""
    solution = contribution.solution
    if contribution.status == Contribution.Status.PUBLISHED and (
        solution is None or not solution.is_published
    ):
        return "archived"
    return str(contribution.status)
