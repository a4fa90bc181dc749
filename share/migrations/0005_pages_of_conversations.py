"""What pages of conversations are kept and sorted by."""

from django.db import migrations, models
from django.db.models import Q

# Thanks alone raise nothing: they are counted when the page is read, and whoever thanks waits for nobody.
FORWARDS = r"""
CREATE FUNCTION share_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE share_thread SET version = version + 1 WHERE id IN (SELECT thread_id FROM after);
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE share_thread SET version = version + 1 WHERE id IN (SELECT thread_id FROM before);
    ELSE
        UPDATE share_thread SET version = version + 1 WHERE id IN (
            SELECT changed.thread_id FROM (
                SELECT id, thread_id, branch, number, parent_id, author_id, municipality_id, html, status, edited_at,
                    accepted_at FROM after
                EXCEPT
                SELECT id, thread_id, branch, number, parent_id, author_id, municipality_id, html, status, edited_at,
                    accepted_at FROM before
            ) AS changed
            UNION
            -- A post that was moved leaves a conversation as it comes into another.
            SELECT before.thread_id FROM before JOIN after USING (id) WHERE before.thread_id <> after.thread_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_version_of_inserted AFTER INSERT ON share_post
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_raise_version();
CREATE TRIGGER share_version_of_updated AFTER UPDATE ON share_post
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_raise_version();
CREATE TRIGGER share_version_of_deleted AFTER DELETE ON share_post
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION share_raise_version();
"""
BACKWARDS = "DROP FUNCTION share_raise_version() CASCADE;"


class Migration(migrations.Migration):
    """A version of each conversation, raised by its posts; indexes of the orders of the list."""

    dependencies = [("share", "0004_queue_by_statement")]

    operations = [
        migrations.AddField(
            "thread", "version", models.PositiveIntegerField(default=0, db_default=0, editable=False)
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(hidden_at__isnull=True),
                name="share_threads_newest",
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["-answers", "-id"], condition=Q(hidden_at__isnull=True), name="share_threads_answered"
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["-supporters", "-id"],
                condition=Q(hidden_at__isnull=True),
                name="share_threads_supported",
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["-last_post_at", "-id"],
                condition=Q(hidden_at__isnull=True, is_pinned=True),
                name="share_threads_pinned",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
