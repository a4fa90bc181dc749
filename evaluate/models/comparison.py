"""What results are compared by: where each town stands now, and the peer groups it may look at."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluate.models.questionnaires import Questionnaire
from evaluate.models.runs import EvaluationRun
from portal.places.models import Municipality


class CurrentResult(models.Model):
    """The result that a municipality has now in a questionnaire: its last signed-off run.

    Derived: the scoring service writes it, `evaluate.services.current_results` makes it anew.
    """

    questionnaire = models.ForeignKey(
        Questionnaire,
        on_delete=models.CASCADE,
        related_name="current_results",
        verbose_name=_("cuestionario"),
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("municipio")
    )
    run = models.OneToOneField(EvaluationRun, on_delete=models.CASCADE, related_name="current_result")
    signature = models.CharField(max_length=64)
    share = models.DecimalField(_("puntaje"), max_digits=12, decimal_places=9, null=True, blank=True)
    # {"total": 0.62, "section:plan": …, "area:…": …, "criterion:plan_girsu": …}: what counted, from 0 to 1.
    shares = models.JSONField(_("partes"), default=dict)
    submitted_at = models.DateTimeField(_("firmada el"))
    is_sample = models.BooleanField(_("es de muestra"), default=False)

    class Meta:
        verbose_name = _("resultado vigente")
        verbose_name_plural = _("resultados vigentes")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "municipality"], name="evaluate_one_current_result"
            )
        ]
        indexes = [
            models.Index(
                fields=["questionnaire", "signature", "is_sample"], name="evaluate_results_to_compare"
            ),
            models.Index(fields=["municipality"], name="evaluate_results_of_town"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} · {self.municipality_id}: {self.share}"


class PeerGroup(models.Model):
    """A peer group's figures as they were last released, and whose results they hold.

    Figures are released anew only when at least five towns in them are other than before, so that neither two groups
    nor two days can be subtracted into one town (docs/adr/0010-peer-groups.md).
    """

    class Family(models.TextChoices):
        """What makes towns peers."""

        ALL = "all", _("toda la red")
        PROVINCE = "province", _("tu provincia")
        POPULATION = "population", _("municipios de tu tamaño")
        SIMILAR = "similar", _("municipios similares")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="peer_groups")
    signature = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False)
    family = models.CharField(_("grupo"), max_length=12, choices=Family)
    # "" for all, "AR-B" for a province, the band's number, the municipality's id for its similar ones.
    key = models.CharField(max_length=40, blank=True, default="")
    runs = ArrayField(models.BigIntegerField(), default=list)
    count = models.PositiveIntegerField(_("municipios"), default=0)
    # {"total": {"n": 23, "q1": 0.41, "median": 0.55, "q3": 0.7}, …}, keys as in CurrentResult.shares.
    figures = models.JSONField(_("cifras"), default=dict)
    oldest_at = models.DateTimeField(_("resultado más viejo"), null=True, blank=True)
    newest_at = models.DateTimeField(_("resultado más nuevo"), null=True, blank=True)
    checked_at = models.DateTimeField(_("revisado"))
    released_at = models.DateTimeField(_("publicado"), null=True, blank=True)

    class Meta:
        verbose_name = _("grupo de comparación")
        verbose_name_plural = _("grupos de comparación")
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "signature", "is_sample", "family", "key"],
                name="evaluate_one_peer_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.family}:{self.key} ({self.count})"
