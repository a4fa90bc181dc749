"""A town's team to test with: who coordinates, who answers, and what they signed."""

from dataclasses import dataclass

from evaluate.models import Evaluation, QuestionnaireVersion
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from portal.accounts.models import User
from portal.places.models import Municipality
from tests.evaluate.factories import municipal_evaluation
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.places_factories import MunicipalityFactory

ANSWERS = {"/residuos/separa": "si", "/residuos/barrios": "3", "/agua/mide": "no"}


@dataclass
class Team:
    """A municipality with a coordinator and two colleagues, and an evaluation that they answer."""

    town: Municipality
    coordinator: User
    ana: User
    beto: User
    evaluation: Evaluation

    def answer(self, user: User | None = None, **answers: str) -> None:
        """Answer what the signature needs, or what is given."""
        given = {f"/{path.replace('__', '/')}": value for path, value in answers.items()} or ANSWERS
        for path, value in given.items():
            answer_save(evaluation=self.evaluation, user=user or self.ana, path=path, value=value)

    def sign(self) -> Evaluation:
        """Answer and sign it, and have it scored."""
        self.answer()
        run = evaluation_submit(evaluation=self.evaluation, user=self.coordinator)
        assert run is not None
        evaluation_score(run_id=run.pk)
        self.evaluation.refresh_from_db()
        return self.evaluation


def team(version: QuestionnaireVersion | None = None) -> Team:
    """Make a team; its evaluation was opened by the coordinator."""
    town = MunicipalityFactory(name="Villa Nuestra")
    coordinator = MembershipFactory(municipality=town, coordinator=True, user__name="Coco Coordina").user
    ana = MembershipFactory(municipality=town, user__name="Ana Agua").user
    beto = MembershipFactory(municipality=town, user__name="Beto Barrios").user
    evaluation = municipal_evaluation(version, user=coordinator, municipality=town)
    return Team(town, coordinator, ana, beto, evaluation)


def anew(user: User) -> User:
    """Return a person as the next request sees her."""
    return User.objects.get(pk=user.pk)
