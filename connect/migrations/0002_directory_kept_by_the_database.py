"""The directory kept true by the database: its counts, and out of it the moment a person leaves.

Whatever writes that an account is closed, that somebody no longer agrees to be found or that her last work has ended
(a form, the admin, a statement by hand), her rows are gone in the same transaction. Counts are addends
(docs/adr/0008): a trigger adds what a statement wrote, grouped by audience and key.
"""

from django.db import migrations

_COUNTS = r"""
CREATE FUNCTION connect_counted_keys(audience text, facet_keys text[]) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT audience || '|' || key FROM unnest(facet_keys || ARRAY['all']) AS key
$$;

CREATE FUNCTION connect_count_directory() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO connect_directorycount (key, count)
        SELECT key, count(*) FROM after, connect_counted_keys(audience, facet_keys) AS key GROUP BY key;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO connect_directorycount (key, count)
        SELECT key, -count(*) FROM before, connect_counted_keys(audience, facet_keys) AS key GROUP BY key;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO connect_directorycount (key, count)
        SELECT key, sum(addend) FROM (
            SELECT key, 1 AS addend FROM after, connect_counted_keys(audience, facet_keys) AS key
            UNION ALL
            SELECT key, -1 FROM before, connect_counted_keys(audience, facet_keys) AS key
        ) AS addends GROUP BY key HAVING sum(addend) <> 0;
    ELSE
        -- Waits for whoever adds counts up, whose sums could not be seen otherwise.
        LOCK TABLE connect_directorycount IN SHARE ROW EXCLUSIVE MODE;
        DELETE FROM connect_directorycount;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER connect_count_inserted AFTER INSERT ON connect_directoryentry
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION connect_count_directory();
CREATE TRIGGER connect_count_updated AFTER UPDATE ON connect_directoryentry
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION connect_count_directory();
CREATE TRIGGER connect_count_deleted AFTER DELETE ON connect_directoryentry
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION connect_count_directory();
CREATE TRIGGER connect_count_truncated AFTER TRUNCATE ON connect_directoryentry
    FOR EACH STATEMENT EXECUTE FUNCTION connect_count_directory();
"""
_LEAVING = r"""
CREATE FUNCTION connect_leave_directory(person bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Takes turns with whoever makes her rows anew; the statement after the lock sees what that one wrote.
    PERFORM 1 FROM connect_profile WHERE user_id = person FOR UPDATE;
    DELETE FROM connect_directoryentry WHERE user_id = person AND NOT EXISTS (
        SELECT 1 FROM connect_profile AS profile JOIN accounts_user AS account ON account.id = profile.user_id
        WHERE profile.user_id = person AND profile.listed_at IS NOT NULL
            AND account.is_active AND account.erased_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM safety_suspension WHERE user_id = person AND lifted_at IS NULL)
            AND (account.is_staff OR EXISTS (
                SELECT 1 FROM accounts_membership WHERE user_id = person AND status = 'active')));
END
$$;

CREATE FUNCTION connect_profile_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM connect_leave_directory(OLD.user_id);
    RETURN NULL;
END
$$;

CREATE FUNCTION connect_account_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM connect_leave_directory(OLD.id);
    RETURN NULL;
END
$$;

CREATE FUNCTION connect_person_is_suspended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM connect_leave_directory(NEW.user_id);
    RETURN NULL;
END
$$;

CREATE FUNCTION connect_account_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM connect_profile WHERE user_id = NEW.id FOR UPDATE;
    UPDATE connect_directoryentry SET name = NEW.name, sort_name = catalog_plain(NEW.name) WHERE user_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER connect_profile_unlisted AFTER UPDATE ON connect_profile FOR EACH ROW
    WHEN (OLD.listed_at IS NOT NULL AND NEW.listed_at IS NULL) EXECUTE FUNCTION connect_profile_leaves();
CREATE TRIGGER connect_profile_deleted AFTER DELETE ON connect_profile FOR EACH ROW
    WHEN (OLD.listed_at IS NOT NULL) EXECUTE FUNCTION connect_profile_leaves();
CREATE TRIGGER connect_account_closed AFTER UPDATE ON accounts_user FOR EACH ROW
    WHEN ((OLD.is_active AND NOT NEW.is_active) OR (OLD.is_staff AND NOT NEW.is_staff)
        OR (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)) EXECUTE FUNCTION connect_account_leaves();
CREATE TRIGGER connect_account_name AFTER UPDATE ON accounts_user FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION connect_account_renamed();
CREATE TRIGGER connect_membership_ended AFTER UPDATE ON accounts_membership FOR EACH ROW
    WHEN (OLD.status = 'active' AND (NEW.status <> 'active' OR NEW.user_id <> OLD.user_id))
    EXECUTE FUNCTION connect_profile_leaves();
CREATE TRIGGER connect_account_suspended AFTER INSERT OR UPDATE ON safety_suspension FOR EACH ROW
    WHEN (NEW.lifted_at IS NULL) EXECUTE FUNCTION connect_person_is_suspended();
CREATE TRIGGER connect_membership_deleted AFTER DELETE ON accounts_membership FOR EACH ROW
    WHEN (OLD.status = 'active') EXECUTE FUNCTION connect_profile_leaves();
"""
FORWARDS = _COUNTS + _LEAVING
BACKWARDS = """
DROP FUNCTION connect_account_renamed() CASCADE;
DROP FUNCTION connect_person_is_suspended() CASCADE;
DROP FUNCTION connect_account_leaves() CASCADE;
DROP FUNCTION connect_profile_leaves() CASCADE;
DROP FUNCTION connect_leave_directory(bigint);
DROP FUNCTION connect_count_directory() CASCADE;
DROP FUNCTION connect_counted_keys(text, text[]);
"""


class Migration(migrations.Migration):
    """Functions and triggers; the directory is still empty."""

    dependencies = [
        ("connect", "0001_initial"),
        ("accounts", "0002_language_time_and_former"),
        ("catalog", "0006_people"),
        ("safety", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
