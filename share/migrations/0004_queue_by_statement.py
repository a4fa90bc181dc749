"""Guards the queue once a statement instead of once a row, so that one statement gives places to many in order.

A trigger for each row sees what the statement did to the rows before it, in an order that nobody chose; after the
statement there is only what it leaves behind: whoever got a place, and who still waits.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations

_GUARD = r"""
CREATE FUNCTION share_nobody_before(given bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever comes at the same moment waits here; the next statement sees what that one wrote.
    PERFORM 1 FROM share_seats WHERE event_id IN (SELECT event_id FROM share_registration WHERE id = ANY (given))
        ORDER BY event_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM share_registration AS came JOIN share_registration AS first
            ON first.event_id = came.event_id AND first.status = 'waiting' AND first.id <> came.id
            AND (came.place IS NULL OR first.place < came.place)
            WHERE came.id = ANY (given) AND came.status IN ('going', 'offered')) THEN
        RAISE EXCEPTION 'Somebody waits for this place since before.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_nobody_is_overtaken', TABLE = 'share_registration';
    END IF;
END
$$;

CREATE FUNCTION share_guard_new_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given bigint[];
BEGIN
    SELECT array_agg(id) INTO given FROM after WHERE status IN ('going', 'offered');
    IF given IS NOT NULL THEN
        PERFORM share_nobody_before(given);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION share_guard_given_places() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given bigint[];
BEGIN
    SELECT array_agg(after.id) INTO given FROM after JOIN before USING (id)
    WHERE after.status IN ('going', 'offered') AND before.status NOT IN ('going', 'offered');
    IF given IS NOT NULL THEN
        PERFORM share_nobody_before(given);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_queue_of_inserted AFTER INSERT ON share_registration
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_guard_new_places();
CREATE TRIGGER share_queue_of_updated AFTER UPDATE ON share_registration
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_guard_given_places();
DROP TRIGGER share_new_place ON share_registration;
DROP TRIGGER share_given_place ON share_registration;
DROP FUNCTION share_guard_the_queue();
"""
_BEFORE = r"""
CREATE FUNCTION share_guard_the_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM share_seats WHERE event_id = NEW.event_id FOR UPDATE;
    IF EXISTS (SELECT 1 FROM share_registration AS first WHERE first.event_id = NEW.event_id
            AND first.status = 'waiting' AND first.id <> NEW.id AND (NEW.place IS NULL OR first.place < NEW.place)) THEN
        RAISE EXCEPTION 'Somebody waits for this place since before.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'share_nobody_is_overtaken', TABLE = 'share_registration';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER share_new_place BEFORE INSERT ON share_registration FOR EACH ROW
    WHEN (NEW.status IN ('going', 'offered')) EXECUTE FUNCTION share_guard_the_queue();
CREATE TRIGGER share_given_place BEFORE UPDATE ON share_registration FOR EACH ROW
    WHEN (NEW.status IN ('going', 'offered') AND OLD.status NOT IN ('going', 'offered'))
    EXECUTE FUNCTION share_guard_the_queue();
DROP TRIGGER share_queue_of_inserted ON share_registration;
DROP TRIGGER share_queue_of_updated ON share_registration;
DROP FUNCTION share_guard_new_places();
DROP FUNCTION share_guard_given_places();
DROP FUNCTION share_nobody_before(bigint[]);
"""


class Migration(migrations.Migration):
    """The same promise, kept by other triggers; and what was done lately is found without reading everything."""

    dependencies = [("share", "0003_what_an_event_ends_in")]

    operations = [
        migrations.RunSQL(_GUARD, _BEFORE),
        migrations.AddIndex(
            model_name="registrationchange",
            index=BrinIndex(fields=["at"], name="share_steps_by_time", pages_per_range=32),
        ),
    ]
