"""What people write for the library, and its review."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whose name stands in which earlier text: an erased account's must be found in all of them.
PEOPLE_OF_REVISIONS = """
CREATE INDEX inspire_revisions_of_person ON inspire_solutionrevision
    USING gin ((content -> 'people') jsonb_path_ops) WHERE content -> 'people' <> '[]'::jsonb
"""


class Migration(migrations.Migration):
    """Tables, and an index for erasures."""

    dependencies = [
        ("files", "0001_initial"),
        ("inspire", "0004_map_cells"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='título')),
                ('content', models.JSONField(default=dict, verbose_name='contenido')),
                ('base_content', models.JSONField(default=dict, verbose_name='contenido de partida')),
                ('is_proposal', models.BooleanField(default=False, verbose_name='cambia una publicada')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='versión')),
                ('status', models.CharField(choices=[('draft', 'borrador'), ('submitted', 'en revisión'), ('changes_asked', 'con cambios pedidos'), ('published', 'publicado'), ('declined', 'no publicado'), ('withdrawn', 'retirado')], default='draft', max_length=14, verbose_name='estado')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='enviado el')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decidido el')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='quién lo empezó')),
                ('solution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contributions', to='inspire.solution', verbose_name='solución')),
            ],
            options={
                'verbose_name': 'aporte',
                'verbose_name_plural': 'aportes',
            },
        ),
        migrations.CreateModel(
            name='ContributionAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_found_by_address', models.BooleanField(default=False, verbose_name='invitada por su correo')),
                ('is_named', models.BooleanField(default=False, verbose_name='figura en la página')),
                ('invited_at', models.DateTimeField(auto_now_add=True, verbose_name='invitada el')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='aceptó el')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='dejó de estar el')),
                ('has_declined', models.BooleanField(default=False, verbose_name='no quiere escribirlo')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='inspire.contribution')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contribution_roles', to=settings.AUTH_USER_MODEL, verbose_name='persona')),
            ],
            options={
                'verbose_name': 'autoría de un aporte',
                'verbose_name_plural': 'autorías de un aporte',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ContributionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, max_length=40, verbose_name='parte')),
                ('text', models.TextField(max_length=4000, verbose_name='comentario')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='cuándo')),
                ('is_told', models.BooleanField(default=False, verbose_name='ya lo leen sus autores')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resuelto el')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='quién')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='inspire.contribution')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'comentario de revisión',
                'verbose_name_plural': 'comentarios de revisión',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ContributionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('photo', 'foto'), ('attachment', 'documento')], max_length=10, verbose_name='qué es')),
                ('alt', models.CharField(blank=True, max_length=300, verbose_name='descripción para quien no la ve')),
                ('caption', models.CharField(blank=True, max_length=300, verbose_name='epígrafe')),
                ('credit', models.CharField(blank=True, max_length=150, verbose_name='autoría')),
                ('licence', models.CharField(blank=True, max_length=200, verbose_name='licencia')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='título')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='inspire.contribution')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='files.storedfile', verbose_name='archivo')),
            ],
            options={
                'verbose_name': 'archivo de un aporte',
                'verbose_name_plural': 'archivos de un aporte',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ContributionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_status', models.CharField(blank=True, max_length=14, verbose_name='de')),
                ('to_status', models.CharField(choices=[('draft', 'borrador'), ('submitted', 'en revisión'), ('changes_asked', 'con cambios pedidos'), ('published', 'publicado'), ('declined', 'no publicado'), ('withdrawn', 'retirado')], max_length=14, verbose_name='a')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='motivo')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='cuándo')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='quién')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='inspire.contribution')),
            ],
            options={
                'verbose_name': 'paso de un aporte',
                'verbose_name_plural': 'pasos de un aporte',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(condition=models.Q(('status', 'submitted')), fields=['submitted_at', 'id'], name='inspire_to_review'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['status', '-updated_at', '-id'], name='inspire_desk_by_status'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'submitted'), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='inspire_submitted_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['published', 'declined']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='inspire_decided_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='contributionauthor',
            constraint=models.UniqueConstraint(fields=('contribution', 'user'), name='inspire_author_once'),
        ),
        migrations.AddConstraint(
            model_name='contributionauthor',
            constraint=models.CheckConstraint(condition=models.Q(('left_at__isnull', True), models.Q(('accepted_at__isnull', True), ('is_named', False)), _connector='OR'), name='inspire_who_left_does_not_write'),
        ),
        migrations.AddIndex(
            model_name='contributionauthor',
            index=models.Index(fields=['invited_by', 'invited_at'], name='inspire_invitations_of_day'),
        ),
        migrations.AddConstraint(
            model_name='contributioncomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='inspire_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='contributionfile',
            constraint=models.UniqueConstraint(fields=('contribution', 'file'), name='inspire_contribution_has_file_once'),
        ),
        migrations.AddConstraint(
            model_name='contributionfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'photo'), models.Q(('alt', ''), _negated=True)), models.Q(('kind', 'attachment'), models.Q(('title', ''), _negated=True)), _connector='OR'), name='inspire_contribution_file_is_described'),
        ),
        migrations.RunSQL(PEOPLE_OF_REVISIONS, "DROP INDEX inspire_revisions_of_person"),
    ]
