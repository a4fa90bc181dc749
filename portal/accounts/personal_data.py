"""What the portal knows about people: where it is, why, until when, how it is handed out and how it is erased.

Every app with personal fields registers three things in its hooks: a `PersonalModel` for each model, a
`SubjectAccess` that exports a person's rows, and an `Erasure` that removes or anonymises them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.utils.functional import Promise

from portal.core.registry import Registry

if TYPE_CHECKING:
    from portal.accounts.models import User

# One thing told in fields, or many of one sort; many may come one by one, so that they never are in memory together.
Exported = dict[str, Any] | Iterable[dict[str, Any]]


@dataclass(frozen=True)
class PersonalModel:
    """A model with personal fields.

    Args:
        id: the model's label, "app.Model".
        label: what its rows are, in words for people.
        fields: names of its personal fields.
        reason: what the portal needs them for.
        until: when they go.
    """

    id: str
    label: str | Promise
    fields: tuple[str, ...]
    reason: str | Promise
    until: str | Promise
    order: int = 0


@dataclass(frozen=True)
class ExportedFile:
    """A file of a person's, to be put into her copy.

    Args:
        name: as she called it; it may be anything.
        open: opens its content; raises OSError where the content is gone.
    """

    name: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class SubjectAccess:
    """A part of the copy that a person can have of her data.

    Args:
        export: returns the person's rows as plain values that JSON can hold.
        files: the files that belong to it, opened one after the other.
    """

    id: str
    label: str | Promise
    export: Callable[["User"], Exported]
    order: int = 0
    files: Callable[["User"], Iterable[ExportedFile]] | None = None


@dataclass(frozen=True)
class Erasure:
    """What an app does when a person's account is erased.

    Args:
        erase: removes or anonymises the person's rows, in the caller's transaction; safe to call twice.
        order: the account itself goes last, at 1000.
    """

    id: str
    erase: Callable[["User"], None]
    order: int = 0


personal_models: Registry[PersonalModel] = Registry("personal models")
subject_accesses: Registry[SubjectAccess] = Registry("subject accesses")
erasures: Registry[Erasure] = Registry("erasures")


def declared_personal_fields() -> dict[str, frozenset[str]]:
    """Return the personal fields of each declared model, by its label, for the data-protection page and its test."""
    return {model.id: frozenset(model.fields) for model in personal_models}
