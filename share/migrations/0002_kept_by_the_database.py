"""What the database keeps true by itself: places and their queue, counts of conversations, and what both answer to.

Registrations come from pages, the API, the admin, samples and by hand; whatever writes them, no more places are taken
than there are (a constraint of `Seats`, whose numbers follow here) and nobody is overtaken who waits.
"""

from django.db import migrations

_SEATS = r"""
CREATE FUNCTION share_takes_a_place(status text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (status IN ('going', 'offered'))::integer
$$;

CREATE FUNCTION share_count_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE share_seats AS seats SET taken = taken + came.t, waiting = waiting + came.w, interested = interested + came.i
        FROM (SELECT event_id, sum(share_takes_a_place(status)) AS t, sum((status = 'waiting')::integer) AS w,
                sum((status = 'interested')::integer) AS i FROM after GROUP BY event_id) AS came
        WHERE seats.event_id = came.event_id AND (came.t, came.w, came.i) <> (0, 0, 0);
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE share_seats AS seats SET taken = taken - went.t, waiting = waiting - went.w, interested = interested - went.i
        FROM (SELECT event_id, sum(share_takes_a_place(status)) AS t, sum((status = 'waiting')::integer) AS w,
                sum((status = 'interested')::integer) AS i FROM before GROUP BY event_id) AS went
        WHERE seats.event_id = went.event_id AND (went.t, went.w, went.i) <> (0, 0, 0);
    ELSE
        UPDATE share_seats AS seats SET taken = taken + d.t, waiting = waiting + d.w, interested = interested + d.i
        FROM (SELECT event_id, sum(sign * share_takes_a_place(status)) AS t,
                sum(sign * (status = 'waiting')::integer) AS w, sum(sign * (status = 'interested')::integer) AS i
            FROM (SELECT event_id, status, 1 AS sign FROM after UNION ALL SELECT event_id, status, -1 FROM before) AS changed
            GROUP BY event_id) AS d
        WHERE seats.event_id = d.event_id AND (d.t, d.w, d.i) <> (0, 0, 0);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_seats_of_inserted AFTER INSERT ON share_registration
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_seats();
CREATE TRIGGER share_seats_of_updated AFTER UPDATE ON share_registration
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_seats();
CREATE TRIGGER share_seats_of_deleted AFTER DELETE ON share_registration
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION share_count_seats();

CREATE FUNCTION share_guard_the_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever comes at the same moment waits here; the next statement sees what that one wrote.
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
"""
_FACETS = r"""
CREATE FUNCTION share_place_keys(municipality bigint) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    town record;
    keys text[] := ARRAY[]::text[];
BEGIN
    IF municipality IS NOT NULL THEN
        SELECT country_id, region_code, population INTO town FROM places_municipality WHERE id = municipality;
        keys := keys || ('country:' || town.country_id);
        IF town.region_code <> '' THEN
            keys := keys || ('province:' || town.country_id || '-' || town.region_code);
        END IF;
        IF town.population IS NOT NULL THEN
            -- portal/places/population_bands.py
            keys := keys || ('population:' || width_bucket(
                town.population, ARRAY[2000, 10000, 50000, 200000, 1000000]));
        END IF;
    END IF;
    RETURN keys;
END
$$;

CREATE FUNCTION share_slug_keys(areas text[], topics text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT 'area:' || one FROM unnest(areas) AS one) || ARRAY(SELECT 'topic:' || one FROM unnest(topics) AS one)
$$;

CREATE FUNCTION share_event_keys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys text[] := ARRAY['kind:' || NEW.kind, 'language:' || NEW.language];
BEGIN
    IF NEW.venue <> '' THEN
        keys := keys || 'format:in_person'::text;
    END IF;
    IF NEW.link <> '' OR NEW.venue = '' THEN
        keys := keys || 'format:online'::text;
    END IF;
    IF NEW.has_recording THEN
        keys := keys || 'left:recording'::text;
    END IF;
    IF NEW.has_minutes THEN
        keys := keys || 'left:minutes'::text;
    END IF;
    NEW.facet_keys := keys || share_place_keys(NEW.municipality_id) || share_slug_keys(NEW.areas, NEW.topics);
    RETURN NEW;
END
$$;

CREATE TRIGGER share_event_keys_written BEFORE INSERT OR UPDATE OF
    kind, language, venue, link, has_recording, has_minutes, municipality_id, areas, topics, facet_keys
    ON share_event FOR EACH ROW EXECUTE FUNCTION share_event_keys();

CREATE FUNCTION share_thread_keys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys text[] := ARRAY['kind:' || NEW.kind, 'language:' || NEW.language];
BEGIN
    IF NEW.kind = 'question' THEN
        keys := keys || CASE WHEN NEW.accepted > 0 THEN 'state:accepted'
            WHEN NEW.answers > 0 THEN 'state:answered' ELSE 'state:unanswered' END;
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        keys := keys || 'state:closed'::text;
    END IF;
    IF NEW.outcome <> '' THEN
        keys := keys || 'state:outcome'::text;
    END IF;
    IF NEW.about_kind <> '' THEN
        keys := keys || ('about:' || NEW.about_kind);
    END IF;
    NEW.facet_keys := keys || share_place_keys(NEW.municipality_id) || share_slug_keys(NEW.areas, NEW.topics);
    RETURN NEW;
END
$$;

CREATE TRIGGER share_thread_keys_written BEFORE INSERT OR UPDATE OF
    kind, language, accepted, answers, closed_at, outcome, about_kind, municipality_id, areas, topics, facet_keys
    ON share_thread FOR EACH ROW EXECUTE FUNCTION share_thread_keys();
"""
_COUNTS = r"""
-- What is public counts for everybody, what is for members for them alone.
CREATE FUNCTION share_counted_keys(visibility text, facet_keys text[]) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT audience || '|' || key
    FROM unnest(CASE WHEN visibility = 'public' THEN ARRAY['public', 'members'] ELSE ARRAY['members'] END) AS audience,
        unnest(facet_keys || ARRAY['all']) AS key
$$;

CREATE FUNCTION share_count_threads() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO share_listcount (key, count)
        SELECT key, count(*) FROM after, share_counted_keys(visibility, facet_keys) AS key
        WHERE hidden_at IS NULL GROUP BY key;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO share_listcount (key, count)
        SELECT key, -count(*) FROM before, share_counted_keys(visibility, facet_keys) AS key
        WHERE hidden_at IS NULL GROUP BY key;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO share_listcount (key, count)
        SELECT key, sum(addend) FROM (
            SELECT key, 1 AS addend FROM after, share_counted_keys(visibility, facet_keys) AS key WHERE hidden_at IS NULL
            UNION ALL
            SELECT key, -1 FROM before, share_counted_keys(visibility, facet_keys) AS key WHERE hidden_at IS NULL
        ) AS addends GROUP BY key HAVING sum(addend) <> 0;
    ELSE
        -- Waits for whoever adds counts up, whose sums could not be seen otherwise.
        LOCK TABLE share_listcount IN SHARE ROW EXCLUSIVE MODE;
        DELETE FROM share_listcount;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_threads_inserted AFTER INSERT ON share_thread
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_threads();
CREATE TRIGGER share_threads_updated AFTER UPDATE ON share_thread
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_threads();
CREATE TRIGGER share_threads_deleted AFTER DELETE ON share_thread
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION share_count_threads();
CREATE TRIGGER share_threads_truncated AFTER TRUNCATE ON share_thread
    FOR EACH STATEMENT EXECUTE FUNCTION share_count_threads();

CREATE FUNCTION share_add_posts(thread bigint, r bigint, a bigint, c bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE share_thread SET replies = replies + r, answers = answers + a, accepted = accepted + c
    WHERE id = thread AND (r, a, c) <> (0, 0, 0)
$$;

CREATE FUNCTION share_count_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM share_add_posts(thread_id, sum((number > 1)::integer), sum((number > 1 AND parent_id IS NULL)::integer),
            sum((accepted_at IS NOT NULL)::integer))
        FROM after WHERE status = 'visible' GROUP BY thread_id ORDER BY thread_id;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM share_add_posts(thread_id, -sum((number > 1)::integer), -sum((number > 1 AND parent_id IS NULL)::integer),
            -sum((accepted_at IS NOT NULL)::integer))
        FROM before WHERE status = 'visible' GROUP BY thread_id ORDER BY thread_id;
    ELSE
        PERFORM share_add_posts(thread_id, sum(sign * (number > 1)::integer),
            sum(sign * (number > 1 AND parent_id IS NULL)::integer), sum(sign * (accepted_at IS NOT NULL)::integer))
        FROM (SELECT thread_id, number, parent_id, accepted_at, 1 AS sign FROM after WHERE status = 'visible'
            UNION ALL
            SELECT thread_id, number, parent_id, accepted_at, -1 FROM before WHERE status = 'visible') AS changed
        GROUP BY thread_id ORDER BY thread_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_posts_inserted AFTER INSERT ON share_post
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_posts();
CREATE TRIGGER share_posts_updated AFTER UPDATE ON share_post
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_posts();
CREATE TRIGGER share_posts_deleted AFTER DELETE ON share_post
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION share_count_posts();

CREATE FUNCTION share_count_thanks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE share_post SET thanks = thanks + n.number
        FROM (SELECT post_id, count(*) AS number FROM after GROUP BY post_id) AS n WHERE id = n.post_id;
    ELSE
        UPDATE share_post SET thanks = thanks - n.number
        FROM (SELECT post_id, count(*) AS number FROM before GROUP BY post_id) AS n WHERE id = n.post_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_thanks_inserted AFTER INSERT ON share_postthanks
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_thanks();
CREATE TRIGGER share_thanks_deleted AFTER DELETE ON share_postthanks
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION share_count_thanks();

CREATE FUNCTION share_count_supporters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE share_thread SET supporters = supporters + n.number
        FROM (SELECT thread_id, count(*) AS number FROM after GROUP BY thread_id) AS n WHERE id = n.thread_id;
    ELSE
        UPDATE share_thread SET supporters = supporters - n.number
        FROM (SELECT thread_id, count(*) AS number FROM before GROUP BY thread_id) AS n WHERE id = n.thread_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER share_supporters_inserted AFTER INSERT ON share_threadsupport
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION share_count_supporters();
CREATE TRIGGER share_supporters_deleted AFTER DELETE ON share_threadsupport
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION share_count_supporters();
"""
FORWARDS = _SEATS + _FACETS + _COUNTS
BACKWARDS = """
DROP FUNCTION share_count_supporters() CASCADE;
DROP FUNCTION share_count_thanks() CASCADE;
DROP FUNCTION share_count_posts() CASCADE;
DROP FUNCTION share_add_posts(bigint, bigint, bigint, bigint);
DROP FUNCTION share_count_threads() CASCADE;
DROP FUNCTION share_counted_keys(text, text[]);
DROP FUNCTION share_thread_keys() CASCADE;
DROP FUNCTION share_event_keys() CASCADE;
DROP FUNCTION share_slug_keys(text[], text[]);
DROP FUNCTION share_place_keys(bigint);
DROP FUNCTION share_guard_the_queue() CASCADE;
DROP FUNCTION share_count_seats() CASCADE;
DROP FUNCTION share_takes_a_place(text);
"""


class Migration(migrations.Migration):
    """Functions and triggers; the tables are still empty."""

    dependencies = [("share", "0001_initial"), ("places", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
