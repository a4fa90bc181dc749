"""The map's cells, kept true with the data by the database itself.

A solution's own cell is the finest one, numbered along a Morton curve (the bits of column and row in turn), so that
every coarser cell is one range of finest ones, and its number is the finest one's without its last bits.
"""

from django.db import migrations, models
from django.db.models import Func, Q

FUNCTIONS = r"""
CREATE FUNCTION inspire_map_cell(latitude double precision, longitude double precision) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    -- inspire/map_grid.py: 2^18 columns and rows of the world in the Mercator projection, which has no poles.
    x bigint := greatest(0, least(262143, floor((longitude / 360 + 0.5) * 262144)));
    y bigint := greatest(0, least(262143, floor((0.5 - asinh(tan(radians(latitude))) / (2 * pi())) * 262144)));
BEGIN
    -- All these operators have one rank in SQL, from left to right, unlike elsewhere.
    x := (x | (x << 16)) & 281470681808895;        -- 0x0000FFFF0000FFFF
    x := (x | (x << 8)) & 71777214294589695;       -- 0x00FF00FF00FF00FF
    x := (x | (x << 4)) & 1085102592571150095;     -- 0x0F0F0F0F0F0F0F0F
    x := (x | (x << 2)) & 3689348814741910323;     -- 0x3333333333333333
    x := (x | (x << 1)) & 6148914691236517205;     -- 0x5555555555555555
    y := (y | (y << 16)) & 281470681808895;
    y := (y | (y << 8)) & 71777214294589695;
    y := (y | (y << 4)) & 1085102592571150095;
    y := (y | (y << 2)) & 3689348814741910323;
    y := (y | (y << 1)) & 6148914691236517205;
    RETURN x | (y << 1);
END
$$;
"""
NO_FUNCTIONS = "DROP FUNCTION inspire_map_cell(double precision, double precision);"

CELLS = r"""
CREATE FUNCTION inspire_map_levels() RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[4, 6, 8, 10, 12, 14, 16, 18]  -- inspire/map_grid.py
$$;

CREATE FUNCTION inspire_count_map_cells() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    news constant text := 'SELECT 1 AS sign, map_cell, latitude, longitude, position_precision, status FROM after';
    olds constant text := 'SELECT -1, map_cell, latitude, longitude, position_precision, status FROM before';
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        -- Waits for whoever adds cells up, whose sums could not be seen otherwise.
        LOCK TABLE inspire_mapcell IN SHARE ROW EXCLUSIVE MODE;
        DELETE FROM inspire_mapcell;
        RETURN NULL;
    END IF;
    EXECUTE format('
        INSERT INTO inspire_mapcell (level, cell, count, country_wide, latitude_sum, longitude_sum)
        SELECT grid, cell >> 2 * (18 - grid) AS ancestor,
            sum(count), sum(country_wide), sum(latitude_sum), sum(longitude_sum)
        FROM (
            SELECT map_cell AS cell, sum(sign) AS count,
                coalesce(sum(sign) FILTER (WHERE position_precision = ''country''), 0) AS country_wide,
                sum(sign * round(latitude * 1000000)::bigint) AS latitude_sum,
                sum(sign * round(longitude * 1000000)::bigint) AS longitude_sum
            FROM (%s) AS changed (sign, map_cell, latitude, longitude, position_precision, status)
            WHERE status = ''published'' AND map_cell IS NOT NULL GROUP BY map_cell
        ) AS finest, unnest(inspire_map_levels()) AS grid
        GROUP BY grid, ancestor
        HAVING sum(count) <> 0 OR sum(country_wide) <> 0 OR sum(latitude_sum) <> 0 OR sum(longitude_sum) <> 0',
        CASE TG_OP WHEN 'INSERT' THEN news WHEN 'DELETE' THEN olds ELSE news || ' UNION ALL ' || olds END);
    RETURN NULL;
END
$$;

CREATE TRIGGER inspire_map_cells_of_inserted AFTER INSERT ON inspire_solution
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_map_cells();
CREATE TRIGGER inspire_map_cells_of_updated AFTER UPDATE ON inspire_solution
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_map_cells();
CREATE TRIGGER inspire_map_cells_of_deleted AFTER DELETE ON inspire_solution
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_map_cells();
CREATE TRIGGER inspire_map_cells_of_truncated AFTER TRUNCATE ON inspire_solution
    FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_map_cells();

CREATE FUNCTION inspire_rebuild_map_cells() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Waits for every writer that has already counted; who counts later finds the cells as they are then.
    LOCK TABLE inspire_mapcell IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM inspire_mapcell;
    INSERT INTO inspire_mapcell (level, cell, count, country_wide, latitude_sum, longitude_sum, is_sum)
    SELECT grid, map_cell >> 2 * (18 - grid) AS ancestor, count(*),
        count(*) FILTER (WHERE position_precision = 'country'),
        sum(round(latitude * 1000000)::bigint), sum(round(longitude * 1000000)::bigint), true
    FROM inspire_solution, unnest(inspire_map_levels()) AS grid
    WHERE status = 'published' AND map_cell IS NOT NULL GROUP BY grid, ancestor ORDER BY grid, ancestor;
END
$$;

SELECT inspire_rebuild_map_cells();
"""
NO_CELLS = """
DROP FUNCTION inspire_count_map_cells() CASCADE;
DROP FUNCTION inspire_rebuild_map_cells();
DROP FUNCTION inspire_map_levels();
"""


class Migration(migrations.Migration):
    """The finest cell of each solution, the counts of all cells, and the first of them."""

    dependencies = [("inspire", "0003_facets")]
    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.AddField(
            model_name="solution",
            name="map_cell",
            field=models.GeneratedField(
                db_persist=True,
                expression=Func("latitude", "longitude", function="inspire_map_cell"),
                output_field=models.BigIntegerField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="solution",
            index=models.Index(
                condition=Q(("latitude__isnull", False), ("status", "published")),
                fields=["map_cell", "-published_at", "-id"],
                name="inspire_newest_of_cell",
            ),
        ),
        migrations.CreateModel(
            name="MapCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("cell", models.BigIntegerField()),
                ("count", models.IntegerField()),
                ("country_wide", models.IntegerField()),
                ("latitude_sum", models.BigIntegerField()),
                ("longitude_sum", models.BigIntegerField()),
                ("is_sum", models.BooleanField(db_default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["level", "cell"], name="inspire_map_cell"),
                    models.Index(
                        condition=Q(("is_sum", False)), fields=["id"], name="inspire_map_cell_not_summed"
                    ),
                ],
            },
        ),
        migrations.RunSQL(CELLS, NO_CELLS),
    ]
