"""What the library holds already never stands in the way of whoever changes something else."""

import pytest
from django.urls import reverse

from inspire.contribution_record import content_of, contribution_record, effective_content, solution_record
from inspire.forms import ContributionForm
from inspire.models import Contribution, Solution
from inspire.record_limits import LINE_LENGTH, MOST_ITEMS, TEXT_LENGTH
from tests.inspire.factories import ContributionFactory, SolutionFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db


def proposal(solution: Solution, **changes: object) -> Contribution:
    base = content_of(solution_record(solution))
    return ContributionFactory(
        solution=solution,
        is_proposal=True,
        title=solution.title,
        base_content=base,
        content=base | changes,
    )


def checked(contribution: Contribution) -> ContributionForm:
    return ContributionForm.checking(effective_content(contribution), contribution.base_content)


def test_a_proposal_about_the_fullest_record_can_be_handed_in() -> None:
    figures = [
        {"indicator": "i" * LINE_LENGTH, "before": "b" * LINE_LENGTH, "after": "a" * LINE_LENGTH,
         "unit": "u" * LINE_LENGTH, "date": "d" * LINE_LENGTH}
    ] * MOST_ITEMS  # fmt: skip
    solution = SolutionFactory(
        areas=[PolicyAreaFactory()],
        summary="s" * TEXT_LENGTH,
        problem="p" * TEXT_LENGTH,
        tags=[f"palabra {number}" for number in range(MOST_ITEMS)],
        figures=figures,
        links=[{"label": "l" * LINE_LENGTH, "url": "https://muestra.example/"}] * MOST_ITEMS,
    )
    contribution = proposal(solution, lessons="Algo nuevo")
    form = checked(contribution)
    assert form.is_valid(), form.errors
    record = contribution_record(contribution, form.cleaned_data)
    assert (len(record.summary), len(record.figures), len(record.tags)) == (
        TEXT_LENGTH,
        MOST_ITEMS,
        MOST_ITEMS,
    )


def test_a_proposal_need_not_tell_what_the_library_does_not(client) -> None:
    contribution = proposal(SolutionFactory(summary=""), lessons="Algo nuevo")
    client.force_login(contribution.created_by)
    preview = reverse("inspire:contribution-detail", args=[contribution.public_id])
    assert "Algo nuevo" in client.get(preview).content.decode()
    form = checked(contribution)
    assert form.is_valid(), form.errors
    record = contribution_record(contribution, form.cleaned_data)
    assert (record.summary, record.areas, record.lessons) == ("", [], "Algo nuevo")


def test_what_a_proposal_takes_away_is_missed() -> None:
    solution = SolutionFactory(summary="Se hizo.", areas=[PolicyAreaFactory()])
    assert set(checked(proposal(solution, summary="")).errors) == {"summary"}


def test_a_new_contribution_tells_what_is_needed() -> None:
    assert {"title", "summary", "areas"} <= set(ContributionForm.checking({}, {}).errors)
