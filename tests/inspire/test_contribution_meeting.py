"""Two who act at once, and proposals that meet in the library: nobody's work is lost, and nobody meets an error."""

from collections.abc import Callable
from threading import Thread
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from inspire.contribution_content import mark_of
from inspire.models import Contribution, Solution
from inspire.services import solution_delete, solution_withdraw, solution_write
from inspire.services.contributions import (
    StepNotPossible,
    contribution_file_add,
    contribution_file_remove,
    contribution_save,
    contribution_start,
    contribution_submit,
)
from portal.accounts.models import User
from portal.files.models import StoredFile
from tests.inspire.factories import ContributionFactory, SolutionFactory, with_photo
from tests.inspire.test_contribution_files import stored_photo
from tests.inspire.test_contribution_review import decide, proposal, published, review, reviewer
from tests.inspire.test_services_bulk import record
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db
# Long enough for a request to come to the row that is held.
WAITING_SECONDS = 1


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client: Client) -> User:
    user = reviewer()
    client.force_login(user)
    return user


def begun(solution: Solution) -> Contribution:
    return contribution_start(public_id=uuid4(), author=UserFactory(), solution=solution)


def handed_in(contribution: Contribution, **typed: str) -> Contribution:
    contribution_save(contribution=contribution, sent=typed, held={})
    contribution_submit(contribution=contribution, actor=contribution.created_by)
    contribution.refresh_from_db()
    return contribution


def add_photo(contribution: Contribution) -> StoredFile:
    file = stored_photo(contribution.created_by)
    contribution.files.create(file=file, kind="photo", alt="Nueva")
    return file


def accept(client: Client, contribution: Contribution) -> None:
    decide(client, contribution, "publicar", version=contribution.version)
    assert contribution.status == "published"


def test_a_text_that_is_accepted_leaves_the_photo_of_another_proposal(client: Client, staff) -> None:
    solution = published()
    text, picture = begun(solution), begun(solution)
    file = add_photo(picture)
    accept(client, handed_in(picture))
    accept(client, handed_in(text, lessons="Otra"))
    solution.refresh_from_db()
    assert solution.lessons == "Otra"
    assert solution.photos.get().file == file
    assert picture.files.get().file == file


def test_proposals_that_add_and_take_away_files_come_together(client: Client, staff) -> None:
    solution = published()
    old = with_photo(solution).file
    adding, removing = begun(solution), begun(solution)
    new = add_photo(adding)
    contribution_file_remove(row=removing.files.get())
    accept(client, handed_in(removing))
    accept(client, handed_in(adding))
    assert solution.photos.get().file == new
    assert StoredFile.objects.filter(pk=old.pk).exists(), "a version names it"


def test_a_file_that_a_version_names_stays_when_the_last_proposal_lets_go_of_it(client, staff) -> None:
    solution = published()
    old = with_photo(solution).file
    first, second = begun(solution), begun(solution)
    contribution_file_remove(row=first.files.get())
    accept(client, handed_in(first))
    contribution_file_remove(row=second.files.get())
    assert StoredFile.objects.filter(pk=old.pk).exists()


def test_a_preview_of_a_proposal_shows_the_photos_that_stay(client: Client, staff) -> None:
    solution = published()
    file = with_photo(solution).file
    page = client.get(review(handed_in(begun(solution), lessons="Otra"))).content.decode()
    assert file.get_absolute_url() in page


def test_who_proposed_a_change_does_not_read_what_staff_wrote_after_a_withdrawal(client: Client) -> None:
    solution = published(lessons="Antes")
    mine = proposal(solution, problem="De la propuesta")
    file = with_photo(solution).file
    solution_withdraw(solution=solution)
    Solution.objects.filter(pk=solution.pk).update(lessons="Sólo para el equipo", summary="")
    client.force_login(mine.created_by)
    page = client.get(mine.get_absolute_url()).content.decode()
    assert "De la propuesta" in page
    assert "Sólo para el equipo" not in page
    assert file.get_absolute_url() not in page
    Contribution.objects.filter(pk=mine.pk).update(status="draft", content=mine.content | {"summary": ""})
    screen = reverse("inspire:contribution-edit", args=[mine.public_id])
    answer = client.post(screen, {"accion": "enviar"})
    assert answer.context["form"].errors
    assert "Sólo para el equipo" not in answer.content.decode()


def test_nothing_is_kept_of_what_was_handed_in_meanwhile() -> None:
    draft = ContributionFactory()
    row = draft.files.create(file=stored_photo(draft.created_by), kind="photo", alt="Vieja")
    contribution_submit(contribution=Contribution.objects.get(pk=draft.pk), actor=draft.created_by)
    with pytest.raises(StepNotPossible):
        contribution_save(contribution=draft, sent={"problem": "Tarde"}, held={})
    with pytest.raises(StepNotPossible):
        contribution_file_remove(row=row)
    with pytest.raises(StepNotPossible):
        contribution_file_add(
            contribution=draft, kind="photo", upload=None, actor=draft.created_by, words={"alt": "Tarde"}
        )
    kept = Contribution.objects.get(pk=draft.pk)
    assert "problem" not in kept.content
    assert kept.files.get().alt == "Vieja"


def meanwhile(request: Callable[[], HttpResponse], change: Callable[[], object]) -> HttpResponse:
    """Send a request that meets a change half-way: it has looked already and has to wait for writing."""
    answers: list[HttpResponse] = []

    def send() -> None:
        answers.append(request())
        connection.close()

    thread = Thread(target=send)
    with transaction.atomic():
        change()
        thread.start()
        sleep(WAITING_SECONDS)
        assert thread.is_alive(), "it waits for the change"
    thread.join(20)
    (answer,) = answers
    return answer


def answer_after_handing_in(draft: Contribution, name: str, data: dict[str, str]) -> HttpResponse:
    client = Client()
    client.force_login(draft.created_by)
    address = reverse(f"inspire:{name}", args=[draft.public_id])
    return meanwhile(
        lambda: client.post(address, data, follow=True),
        lambda: contribution_submit(contribution=draft, actor=draft.created_by),
    )


@pytest.mark.django_db(transaction=True)
def test_handing_in_twice_at_once_is_no_error() -> None:
    draft = ContributionFactory()
    answer = answer_after_handing_in(draft, "contribution-edit", {"accion": "enviar"})
    assert "cambió de estado mientras lo mirabas" in answer.content.decode()
    assert draft.steps.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "status"), [("contribution-edit", 200), ("contribution-autosave", 409)])
def test_what_is_typed_too_late_is_refused_in_words(name: str, status: int) -> None:
    draft = ContributionFactory()
    typed = {"accion": "guardar", "problem": "Tarde", "held-problem": mark_of(None)}
    answer = answer_after_handing_in(draft, name, typed)
    assert answer.status_code == status
    said = answer.json()["error"] if status == 409 else answer.content.decode()
    assert "lo último no se guardó" in said
    draft.refresh_from_db()
    assert "problem" not in draft.content


@pytest.mark.django_db(transaction=True)
def test_what_is_accepted_while_the_solution_is_being_changed_builds_on_that_change() -> None:
    solution = published(lessons="Antes", problem="Antes")
    waiting = proposal(solution, problem="De la propuesta")
    client = Client()
    client.force_login(reviewer())
    meanwhile(
        lambda: decide(client, waiting, "publicar"),
        lambda: Solution.objects.filter(pk=solution.pk).update(lessons="De la otra"),
    )
    solution.refresh_from_db()
    assert (solution.problem, solution.lessons) == ("De la propuesta", "De la otra")


def test_a_proposal_to_what_was_deleted_publishes_nothing(client: Client, staff) -> None:
    solution = published()
    orphan = proposal(solution, problem="De la propuesta")
    solution_delete(solution=solution)
    page = client.post(
        review(orphan), {"accion": "publicar", "version": 0, "reason": ""}, follow=True
    ).content.decode()
    assert "ya no existe" in page
    orphan.refresh_from_db()
    assert orphan.status == "submitted"
    assert not Solution.objects.exists()


def test_a_contribution_is_published_although_somebody_took_its_id(client: Client, staff) -> None:
    contribution = ContributionFactory(submitted=True)
    taken = str(contribution.public_id)
    SolutionFactory(source="portal", source_id=taken)
    accept(client, contribution)
    assert contribution.solution.source_id == f"{taken}-2"


@pytest.mark.django_db(transaction=True)
def test_two_of_one_title_published_at_once_have_an_address_each() -> None:
    contribution = ContributionFactory(submitted=True, title="Huertas")
    other = record(title="Huertas", slug="Huertas")
    client = Client()
    client.force_login(reviewer())
    meanwhile(
        lambda: decide(client, contribution, "publicar"), lambda: solution_write(record=other, actor=None)
    )
    assert contribution.solution.slug.startswith("huertas-")
    assert Solution.objects.filter(slug="huertas").exists()
