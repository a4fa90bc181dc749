"""A person as one reader may see her: what is not for the reader is not in it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from portal.files.pictures import Picture
from portal.topics.labels import Label


@dataclass(frozen=True)
class ShownWork:
    """Where she works or worked, and as what; `until` is empty while she works there."""

    municipality_id: int
    municipality: str
    country_id: str
    position: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ShownLink:
    """An address of hers on another site."""

    label: str
    url: str


@dataclass(frozen=True)
class ShownAvailability:
    """Whether she can be written to now, in her words, and what is kindly said of how she answers.

    Args:
        state: of `Profile.Availability`; a pause whose day has passed is none.
        habit: a sentence, or empty: nothing is said of who was rarely asked or rarely answers.
    """

    state: str
    label: str
    until: date | None = None
    note: str = ""
    habit: str = ""

    @property
    def is_paused(self) -> bool:
        """Whether she wants no messages for now."""
        return self.state == "paused"


@dataclass(frozen=True)
class ShownPerson:
    """A person as one reader may see her; a part that is not for the reader is empty, as one that she left empty.

    Args:
        parts: ids of `connect.visibility.profile_fields` that this reader may see, filled in or not.
        municipality, municipality_id, position: of the work she began last; `works` has all of them.
        is_staff_badge: belongs to the network's team, as her account says.
    """

    user_id: int
    public_id: UUID
    name: str
    url: str
    parts: frozenset[str]
    is_staff_badge: bool = False
    is_sample: bool = False
    is_self: bool = False
    is_connection: bool = False
    photo: Picture | None = None
    works: tuple[ShownWork, ...] = ()
    history: tuple[ShownWork, ...] = ()
    about: str = ""
    areas: tuple[Label, ...] = ()
    offers: str = ""
    offer_topics: tuple[Label, ...] = ()
    seeks: str = ""
    seek_topics: tuple[Label, ...] = ()
    languages: tuple[str, ...] = ()
    language_codes: tuple[str, ...] = ()
    links: tuple[ShownLink, ...] = ()
    availability: ShownAvailability | None = None
    initials: str = field(default="")

    def __str__(self) -> str:
        return self.name

    @property
    def municipality(self) -> str:
        """The municipality she began to work in last, as it is written out."""
        return self.works[0].municipality if self.works else ""

    @property
    def municipality_id(self) -> int | None:
        """The key of that municipality."""
        return self.works[0].municipality_id if self.works else None

    @property
    def position(self) -> str:
        """What she does there."""
        return self.works[0].position if self.works else ""

    @property
    def shows_contributions(self) -> bool:
        """Whether the reader may see what she shared in the portal."""
        return "contributions" in self.parts
