"""One person of whom everything that can be known is known, each text of hers with a mark that nothing else has.

`FILLERS` has an entry for every model that the portal declares as personal: a new model needs one, or the test of
leaving fails.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.test import Client
from django.utils import timezone

from connect.models import Conversation, Introduction
from connect.people.entries import people_entries_refresh
from connect.services.directory import directory_refresh
from evaluate.models import Evaluation
from inspire.models import Solution
from portal.accounts.models import Membership, User
from portal.accounts.personal_data import declared_personal_fields
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from portal.notices.models import Notification
from portal.safety.models import Report
from tests.evaluate.factories import (
    municipal_evaluation,
    personal_evaluation,
    plan_step,
    questionnaire_version,
)
from tests.inspire.factories import ContributionFactory, ImportBatchFactory, SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

# Lower case, so that an address can carry it; a slug, so that a list of topics can.
MARK = "zqxmarca"
# No other row's key looks like it.
HER_KEY = 770077007700123


class Scene:
    """She, the people and things around her, and what fills each declared model."""

    def __init__(self) -> None:
        self.town = MunicipalityFactory(name="Rafaela")
        self.other = MembershipFactory(municipality=self.town).user
        self.third = MembershipFactory().user
        self.staff = UserFactory(superuser=True)
        self.version = questionnaire_version()
        self.her = UserFactory(
            id=HER_KEY, name=f"Zoe {MARK.title()}", email=f"{MARK}@villa.example", time_zone="America/Lima"
        )
        self.membership = MembershipFactory(
            user=self.her,
            municipality=self.town,
            position=f"Directora {MARK}",
            areas=[PolicyAreaFactory(name_es="Ambiente")],
        )
        self.solution: Solution = SolutionFactory()
        self.own_check: Evaluation = personal_evaluation(self.version, user=self.her)
        self.town_check: Evaluation = municipal_evaluation(
            self.version, user=self.her, municipality=self.town
        )
        self.draft = ContributionFactory(created_by=self.her)
        # What the municipality's page shows goes on without her.
        self.entry: Entry = EntryFactory(
            title="Compost en Rafaela", people=[HER_KEY], municipality=self.town, object_id=987_654
        )

    def mark(self, what: str) -> str:
        """Return a text of hers that says where it is, so that a mark that is left can be traced."""
        return f"{MARK} {what}"

    def row(self, label: str, **given: Any) -> Any:
        """Make a row of a model, with every declared field about her that `given` does not fill."""
        model = apps.get_model(label)
        values = {
            field.name: self._hers(label, field)
            for field in model._meta.concrete_fields
            if field.name in declared_personal_fields()[label] and field.name not in given
        }
        return model.objects.create(
            **{name: value for name, value in values.items() if value is not None}, **given
        )

    def _hers(self, label: str, field: models.Field) -> Any:
        if field.related_model is User:
            return self.her
        if field.related_model is StoredFile:
            return self.file(label)
        if isinstance(field, models.JSONField):
            return {"texto": self.mark(f"{label}.{field.name}")}
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            return self.mark(f"{label}.{field.name}")[: field.max_length or 200]
        return None

    def file(self, label: str) -> StoredFile:
        """Keep a file of hers whose name and content carry the mark."""
        content = self.mark(f"content of {label}").encode()
        return StoredFile.objects.create(
            use="connect-message",
            name=f"{MARK}.txt",
            content=ContentFile(content, name="x"),
            content_type="text/plain",
            size=len(content),
            sha256="0" * 64,
            uploaded_by=self.her,
        )


def _account(scene: Scene) -> None:
    scene.her.groups.add(Group.objects.create(name="Un grupo"))
    scene.her.user_permissions.add(Permission.objects.first())
    User.objects.filter(pk=HER_KEY).update(last_login=timezone.now(), language="en")


def _session(scene: Scene) -> None:
    Client().force_login(scene.her)


def _admin_log(scene: Scene) -> None:
    for model, key, name in (
        (User, HER_KEY, str(scene.her)),
        (Membership, scene.membership.pk, str(scene.membership)),
    ):
        LogEntry.objects.create(
            user=scene.staff,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(key),
            object_repr=name,
            action_flag=CHANGE,
            change_message=f"Cambió {scene.her.email}",
        )
    LogEntry.objects.create(user=scene.her, object_repr="Otra cosa", action_flag=CHANGE)


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


def _evaluation(scene: Scene) -> None:
    Evaluation.objects.filter(pk=scene.own_check.pk).update(submitted_by=scene.her)
    Evaluation.objects.filter(pk=scene.town_check.pk).update(
        submitted_by=scene.her, published_by=scene.her, published_at=timezone.now()
    )


def _answers(label: str, **given: Any) -> Callable[[Scene], None]:
    """Fill a model of answers: with her texts in her self-check, with her name alone in her municipality's."""

    def fill(scene: Scene) -> None:
        scene.row(label, evaluation=scene.own_check, path="residuos.responsable", **given)
        plain = {"value": "si"} if label.startswith("evaluate.Answer") else {}
        scene.row(
            label, evaluation=scene.town_check, path="residuos.separa", file=None, reason="", **plain, **given
        )

    return fill


def _revision(scene: Scene) -> None:
    when = {"answered_at": timezone.now(), "replaced_at": timezone.now()}
    scene.row("evaluate.AnswerRevision", evaluation=scene.own_check, path="residuos.responsable", **when)
    scene.row(
        "evaluate.AnswerRevision",
        evaluation=scene.town_check,
        path="residuos.separa",
        value="si",
        reason="",
        **when,
    )


def _comment(scene: Scene) -> None:
    scene.row("evaluate.ItemComment", evaluation=scene.town_check, path="residuos.separa")


def _evidence(scene: Scene) -> None:
    scene.row("evaluate.ItemEvidence", evaluation=scene.own_check, path="a", url="")
    scene.row(
        "evaluate.ItemEvidence",
        evaluation=scene.own_check,
        path="b",
        file=None,
        url=f"https://{MARK}.example/",
    )
    scene.row(
        "evaluate.ItemEvidence",
        evaluation=scene.town_check,
        path="a",
        title="Ordenanza",
        file=None,
        url="https://rafaela.example/",
    )


def _plan(scene: Scene) -> None:
    about = scene.version.questionnaire
    plan_step(
        owner=scene.her,
        about=about,
        title=scene.mark("step"),
        notes=scene.mark("notes"),
        responsible=scene.her,
    )
    towns = plan_step(scene.town, owner=scene.her, about=about, responsible=scene.her)
    # Somebody was inspired by her, and still she can leave.
    people_entries_refresh(user_ids=[HER_KEY])
    towns.inspirations.add(Entry.objects.get(kind="person", object_id=HER_KEY), scene.entry)


def _plan_change(scene: Scene) -> None:
    steps = apps.get_model("evaluate.PlanStep").objects.filter(owner=scene.her)
    own, towns = steps.get(municipality=None), steps.get(municipality=scene.town)
    scene.row("evaluate.PlanStepChange", step=own, to_status="doing")
    scene.row("evaluate.PlanStepChange", step=towns, to_status="doing", note="")


def _version(scene: Scene) -> None:
    type(scene.version).objects.filter(pk=scene.version.pk).update(edited_by=scene.her)


def _library_people(scene: Scene) -> None:
    scene.row("inspire.SolutionPerson", solution=scene.solution, role="author")


def _revision_of_library(scene: Scene) -> None:
    her = {"user_id": HER_KEY, "name": scene.her.name, "role": "author", "position": scene.mark("pos")}
    scene.row("inspire.SolutionRevision", solution=scene.solution, number=99, content={"people": [her]})


def _contribution(scene: Scene) -> None:
    texts = {"content": {"title": scene.mark("draft")}, "base_content": {"title": scene.mark("base")}}
    type(scene.draft).objects.filter(pk=scene.draft.pk).update(title=scene.mark("title"), **texts)


def _contribution_parts(label: str, **given: Any) -> Callable[[Scene], None]:
    return lambda scene: scene.row(label, contribution=scene.draft, **given) and None


def _contribution_author(scene: Scene) -> None:
    others = ContributionFactory(created_by=scene.third)
    scene.row("inspire.ContributionAuthor", contribution=others)


def _imported(label: str, **given: Any) -> Callable[[Scene], None]:
    return lambda scene: scene.row(label, batch=ImportBatchFactory(made_by=scene.third), **given) and None


def _notices(scene: Scene) -> None:
    scene.row("notices.Notification", kind="report-decided", fact="suyo", named=[])
    Notification.objects.create(
        user=scene.other,
        kind="report-decided",
        fact="ajeno",
        text=scene.mark("in somebody else's notice"),
        named=[HER_KEY],
    )


def _audit(scene: Scene) -> None:
    AuditEvent.objects.create(
        actor_id=HER_KEY, action="test.done", target_type="test", target_id="1", address="203.0.113.7"
    )


def _blocks(scene: Scene) -> None:
    scene.row("safety.Block", blocker=scene.other, blocked=scene.her)
    scene.row("safety.Block", blocker=scene.her, blocked=scene.third)


def _reports(scene: Scene) -> None:
    decided = {"status": "dismissed", "decided_at": timezone.now()}
    scene.row(
        "safety.Report", kind="person", object_id=HER_KEY, category="spam", reporter=scene.other, **decided
    )
    scene.row("safety.Report", kind="entry", object_id=1, category="spam", person=None, evidence={})


def _report_change(scene: Scene) -> None:
    about_her = Report.objects.get(person=scene.her)
    scene.row("safety.ReportChange", report=about_her, to_status="dismissed")


def _suspension(scene: Scene) -> None:
    scene.row("safety.Suspension", lifted_at=timezone.now())
    scene.row(
        "safety.Suspension", user=scene.third, reason="De otra persona", appeal="", lifted_at=timezone.now()
    )


FILLERS: dict[str, Callable[[Scene], Any]] = {
    "accounts.User": _account,
    "accounts.Membership": lambda scene: None,
    "accounts.MembershipChange": lambda scene: scene.row(
        "accounts.MembershipChange", membership=scene.membership, to_status="active"
    ),
    "account.EmailAddress": lambda scene: EmailAddress.objects.create(
        user=scene.her, email=f"casa@{MARK}.example", verified=True
    ),
    "account.EmailConfirmation": lambda scene: EmailConfirmation.objects.create(
        email_address=EmailAddress.objects.filter(user=scene.her).first(), key=MARK, sent=timezone.now()
    ),
    "mfa.Authenticator": lambda scene: Authenticator.objects.create(
        user=scene.her, type="totp", data={"secret": scene.mark("secret")}
    ),
    "sessions.Session": _session,
    "admin.LogEntry": _admin_log,
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
    "evaluate.Evaluation": _evaluation,
    "evaluate.Answer": _answers("evaluate.Answer", answered_at=timezone.now()),
    "evaluate.AnswerRevision": _revision,
    "evaluate.SectionAssignment": lambda scene: scene.row(
        "evaluate.SectionAssignment", evaluation=scene.town_check, section="agua"
    ),
    "evaluate.ItemComment": _comment,
    "evaluate.ItemEvidence": _evidence,
    "evaluate.PlanStep": _plan,
    "evaluate.PlanStepChange": _plan_change,
    "evaluate.QuestionnaireVersion": _version,
    "evaluate.EvaluationChange": lambda scene: scene.row(
        "evaluate.EvaluationChange", evaluation=scene.town_check, to_status="draft"
    ),
    "inspire.SolutionPerson": _library_people,
    "inspire.SolutionChange": lambda scene: scene.row(
        "inspire.SolutionChange", solution=scene.solution, to_status="published"
    ),
    "inspire.SolutionRevision": _revision_of_library,
    "inspire.Contribution": _contribution,
    "inspire.ContributionAuthor": _contribution_author,
    "inspire.ContributionStep": _contribution_parts("inspire.ContributionStep", to_status="draft"),
    "inspire.ContributionComment": _contribution_parts("inspire.ContributionComment"),
    "inspire.ImportBatch": lambda scene: ImportBatchFactory(made_by=scene.her),
    "inspire.ImportChange": _imported("inspire.ImportChange", to_status="uploaded"),
    # Not hers by her account: they go after thirty days (docs/data-protection.md).
    "inspire.ImportedRow": _imported(
        "inspire.ImportedRow",
        number=1,
        source="x",
        source_id="1",
        digest="0",
        record={"title": "De un archivo"},
    ),
    "inspire.ImportNote": _imported("inspire.ImportNote", row=1, is_refusal=True, reason="Falta el título"),
    # Made with the scene.
    "catalog.Entry": lambda scene: None,
    "files.StoredFile": lambda scene: None,
    "notices.Notification": _notices,
    "notices.NoticePreference": lambda scene: scene.row(
        "notices.NoticePreference", kind="report-decided", in_portal=True
    ),
    "notices.NoticeSettings": lambda scene: scene.row("notices.NoticeSettings"),
    "notices.Announcement": lambda scene: scene.row("notices.Announcement", text="Del equipo"),
    "audit.AuditEvent": _audit,
    "safety.Block": _blocks,
    "safety.Report": _reports,
    "safety.ReportChange": _report_change,
    "safety.Suspension": _suspension,
    "safety.Allowance": lambda scene: scene.row(
        "safety.Allowance", limit="reports-a-day", window_start=timezone.now(), used=1
    ),
}


def whole_scene() -> Scene:
    """Fill every declared model."""
    scene = Scene()
    for label in declared_personal_fields():
        FILLERS[label](scene)
    return scene
