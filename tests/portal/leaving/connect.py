"""Her profile, the people she knows, and what she wrote to them."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils import timezone

from connect.models import Conversation, Introduction
from connect.services.directory import directory_refresh
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.leaving.scene import HER_KEY, MARK, Scene
from tests.portal.places_factories import MunicipalityFactory


def _profile(scene: Scene) -> None:
    public = {"name": "public", "about": "public", "offers": "public", "seeks": "public", "work": "public"}
    scene.row(
        "connect.Profile",
        listed_at=timezone.now(),
        visibility=public,
        areas=["ambiente"],
        offer_topics=[MARK],
        seek_topics=[MARK],
        languages=["es"],
        links=[{"label": scene.mark("link"), "url": f"https://{MARK}.example/"}],
    )
    directory_refresh(user_ids=[HER_KEY])


def _connections(scene: Scene) -> None:
    scene.row("connect.Connection", requester=scene.her, recipient=scene.other)
    scene.row("connect.Connection", requester=scene.third, recipient=scene.her)


def _connection_change(scene: Scene) -> None:
    made = apps.get_model("connect.Connection").objects
    others = made.create(requester=scene.other, recipient=scene.third, note="")
    scene.row("connect.ConnectionChange", connection=others, to_status="requested")


def _introductions(scene: Scene) -> None:
    people = [
        {"first": scene.her, "second": scene.other},
        {"first": scene.third, "second": scene.her, "asked_by": scene.third, "introducer": scene.staff},
        {"first": scene.other, "second": scene.third, "asked_by": None},
    ]
    for roles in people:
        scene.row("connect.Introduction", **roles)


def _introduction_change(scene: Scene) -> None:
    others = Introduction.objects.create(
        first=scene.other, second=scene.third, introducer=scene.staff, note="Trabajan en lo mismo"
    )
    scene.row("connect.IntroductionChange", introduction=others, to_status="offered")


def _succession(scene: Scene) -> None:
    left = MembershipFactory(
        user=scene.her, municipality=MunicipalityFactory(), left=True, position=scene.mark("old")
    )
    scene.row("connect.Succession", membership=left)
    gone = MembershipFactory(municipality=scene.town, left=True)
    scene.row("connect.Succession", membership=gone)


def _conversation(scene: Scene) -> None:
    conversation = scene.row("connect.Conversation")
    for user in (scene.her, scene.other):
        apps.get_model("connect.Participant").objects.create(conversation=conversation, user=user)


def _message(scene: Scene) -> None:
    scene.row("connect.Message", conversation=Conversation.objects.get(started_by=scene.her))


def _message_file(scene: Scene) -> None:
    message = apps.get_model("connect.Message").objects.get(sender=scene.her)
    scene.row("connect.MessageFile", message=message)


FILLERS: dict[str, Callable[[Scene], Any]] = {
    "connect.Profile": _profile,
    # Made from the profile.
    "connect.DirectoryEntry": lambda scene: None,
    "connect.Connection": _connections,
    "connect.ConnectionChange": _connection_change,
    "connect.Introduction": _introductions,
    "connect.IntroductionChange": _introduction_change,
    "connect.TownProfile": lambda scene: scene.row("connect.TownProfile", municipality=scene.town),
    "connect.Succession": _succession,
    "connect.SuccessionChange": lambda scene: scene.row(
        "connect.SuccessionChange",
        succession=apps.get_model("connect.Succession").objects.first(),
        to_status="open",
    ),
    "connect.Conversation": _conversation,
    "connect.Participant": lambda scene: None,
    "connect.Message": _message,
    "connect.MessageFile": _message_file,
}
