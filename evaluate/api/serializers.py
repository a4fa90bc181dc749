"""The shapes of what the API takes and tells."""

from rest_framework import serializers


class GroupSerializer(serializers.Serializer):
    """The score of a section, of a policy area or of the whole."""

    key = serializers.CharField()
    # A field of its own is not the label that every field has; the metaclass takes it out of the class.
    label = serializers.CharField()  # type: ignore[assignment]
    points = serializers.CharField(help_text="Exact, n/d, in the method's own unit.")
    maximum = serializers.CharField()
    share = serializers.FloatField(allow_null=True, help_text="From 0 to 1; less where points are negative.")
    share_exact = serializers.CharField(allow_null=True)
    level = serializers.DictField(allow_null=True, help_text='{"number": 1, "name": "…"}, from 0.')
    counted = serializers.IntegerField()
    answered = serializers.IntegerField()
    excluded = serializers.IntegerField()


class QuestionScoreSerializer(serializers.Serializer):
    """What one question gave."""

    path = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    answer = serializers.CharField()
    answer_labels = serializers.ListField(child=serializers.CharField())
    points = serializers.CharField()
    maximum = serializers.CharField()
    weight = serializers.CharField()
    excluded_because = serializers.CharField(help_text="not_relevant, not_applicable or nothing.")
    reason = serializers.CharField(help_text="Why it does not apply, in the town's own words.")


class PublicCriterionSerializer(serializers.Serializer):
    """What one criterion gave."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    section, area, topic = serializers.CharField(), serializers.CharField(), serializers.CharField()
    weight, points, maximum = serializers.CharField(), serializers.CharField(), serializers.CharField()
    share = serializers.FloatField(allow_null=True)
    share_exact = serializers.CharField(allow_null=True)
    excluded_because = serializers.CharField(help_text="not_relevant, not_applicable, no_maximum or nothing.")
    stage = serializers.IntegerField(allow_null=True)
    is_met = serializers.BooleanField(allow_null=True)


class CriterionSerializer(PublicCriterionSerializer):
    """What one criterion gave, and which answers it comes from."""

    questions = QuestionScoreSerializer(many=True)


class PublicScoreSerializer(serializers.Serializer):
    """A result without what was answered."""

    method = serializers.CharField()
    signature = serializers.CharField(help_text="Results with the same signature can be compared.")
    total = GroupSerializer()
    sections, areas = GroupSerializer(many=True), GroupSerializer(many=True)
    criteria = PublicCriterionSerializer(many=True)


class ScoreSerializer(PublicScoreSerializer):
    """A result with the explanation of every number."""

    criteria = CriterionSerializer(many=True)


class ResultSerializer(serializers.Serializer):
    """Where the scoring stands, and what came of it."""

    status = serializers.CharField(help_text="pending, running, done, failed, cancelled or none.")
    finished_at = serializers.DateTimeField(allow_null=True)
    score = ScoreSerializer(allow_null=True)


class PublicResultSerializer(serializers.Serializer):
    """A municipality's result that it made public."""

    id = serializers.UUIDField()
    url = serializers.CharField(help_text="The page for people.")
    questionnaire = serializers.CharField()
    version = serializers.IntegerField()
    municipality = serializers.IntegerField(help_text="Its number in /api/v1/municipalities/.")
    municipality_name = serializers.CharField()
    signed_at, published_at = serializers.DateTimeField(), serializers.DateTimeField()
    is_sample = serializers.BooleanField()
    self_reported = serializers.BooleanField(help_text="Always true: towns answer about themselves.")


class PublicResultDetailSerializer(PublicResultSerializer):
    """The same with its numbers."""

    score = PublicScoreSerializer()


class VersionSerializer(serializers.Serializer):
    """A published wording of a questionnaire."""

    number = serializers.IntegerField()
    status = serializers.CharField(help_text="published: in force; retired: results still refer to it.")
    title, summary = serializers.CharField(), serializers.CharField()
    default_language = serializers.CharField()
    published_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(allow_null=True)
    question_count, criteria_count = serializers.IntegerField(), serializers.IntegerField()
    is_scored = serializers.BooleanField()
    signature = serializers.CharField()
    topics = serializers.ListField(child=serializers.CharField())


class VersionDetailSerializer(VersionSerializer):
    """The same with everything that it asks."""

    definition = serializers.DictField(
        help_text="Sections, questions, choices and scoring, as the portal keeps them."
    )


class QuestionnaireSerializer(serializers.Serializer):
    """A questionnaire with the version that is in force."""

    slug = serializers.CharField()
    url = serializers.CharField(help_text="The page for people.")
    area = serializers.CharField(allow_null=True)
    is_open = serializers.BooleanField(help_text="Whether it can be begun.")
    version = VersionSerializer()


class QuestionnaireDetailSerializer(QuestionnaireSerializer):
    """The same with everything that it asks."""

    version = VersionDetailSerializer()


class EvaluationSerializer(serializers.Serializer):
    """An evaluation, and where it stands."""

    id = serializers.UUIDField()
    url = serializers.CharField(help_text="The page for people.")
    questionnaire = serializers.CharField()
    version = serializers.IntegerField()
    municipality = serializers.IntegerField(allow_null=True, help_text="None for a person's self-check.")
    status = serializers.CharField(help_text="draft, submitted or scored.")
    started_at = serializers.DateTimeField()
    submitted_at, published_at = (
        serializers.DateTimeField(allow_null=True),
        serializers.DateTimeField(allow_null=True),
    )
    is_sample = serializers.BooleanField()


class AnswerSerializer(serializers.Serializer):
    """What was answered to one question."""

    path = serializers.CharField()
    value = serializers.JSONField(help_text="A text; a list of names where several can be chosen.")
    not_applicable = serializers.BooleanField()
    reason = serializers.CharField()
    answered_at = serializers.DateTimeField()


class AnswersSerializer(serializers.Serializer):
    """All answers of an evaluation."""

    answers = AnswerSerializer(many=True)


class EvaluationInput(serializers.Serializer):
    """Which questionnaire is begun, and for whom."""

    questionnaire = serializers.CharField(max_length=100)
    municipality = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31)


class AnswerInput(serializers.Serializer):
    """One answer: a value, or why the question does not apply."""

    path = serializers.CharField(max_length=2_000)
    value = serializers.JSONField(
        required=False,
        allow_null=True,
        help_text="A text, a number, or a list of names; empty takes it back.",
    )
    not_applicable = serializers.BooleanField(required=False, default=False)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=4_000)


class AnswersInput(serializers.Serializer):
    """Answers to keep, all of them or none."""

    answers = AnswerInput(many=True, allow_empty=False)


class RefusedSerializer(serializers.Serializer):
    """Why nothing was kept or signed."""

    detail = serializers.CharField()
    # A field of its own, as above.
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField())
    )


class CommentSerializer(serializers.Serializer):
    """What somebody said about a question."""

    id = serializers.UUIDField(read_only=True)
    path = serializers.CharField(max_length=2_000)
    text = serializers.CharField(max_length=4_000)
    author = serializers.CharField(read_only=True, allow_null=True)
    written_at = serializers.DateTimeField(read_only=True)


class EvidenceSerializer(serializers.Serializer):
    """What proves an answer: an address, or a file that was attached on its page."""

    id = serializers.UUIDField(read_only=True)
    path = serializers.CharField(max_length=2_000)
    title = serializers.CharField(max_length=200, allow_blank=True, default="")
    url = serializers.URLField(max_length=500)
    is_file = serializers.BooleanField(read_only=True)
    added_by = serializers.CharField(read_only=True, allow_null=True)
    added_at = serializers.DateTimeField(read_only=True)


def page_of(serializer: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """Return the shape of a page of such rows."""
    name = serializer.__name__.replace("Serializer", "PageSerializer")
    fields = {
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "results": serializer(many=True),
        "__doc__": "A page, with the addresses of its neighbours.",
    }
    return type(name, (serializers.Serializer,), fields)
