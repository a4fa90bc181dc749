"""The addresses at which calendars are subscribed to, in the ways that programs want them."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.urls import reverse

from portal.notices.urls_of_ours import absolute
from portal.topics.models import PolicyArea


@dataclass(frozen=True)
class Address:
    """Where one calendar is.

    Args:
        path: within the portal.
    """

    name: str
    path: str

    @property
    def https(self) -> str:
        """What one copies into a program."""
        return absolute(self.path)

    @property
    def webcal(self) -> str:
        """What opens the program that this device has for calendars."""
        return f"webcal:{urlsplit(self.https)._replace(scheme='').geturl()}"

    @property
    def google(self) -> str:
        """Where Google's calendar asks whether to subscribe."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """Where Outlook on the web asks whether to subscribe."""
        return f"https://outlook.live.com/calendar/0/addfromweb?url={quote(self.https, safe='')}"


def address_of(url_name: str, *args: object, name: str) -> Address:
    """Return the address of a feed."""
    return Address(name=name, path=reverse(url_name, args=args))


def area_addresses() -> list[Address]:
    """Return the address of each policy area's feed, in their order."""
    return [address_of("share:area-ics", area.slug, name=area.name) for area in PolicyArea.objects.all()]
