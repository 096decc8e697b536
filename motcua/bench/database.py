"""The benchmark's own databases: one prepared province as the model, and a copy of it for each size."""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

from motcua.embedded import server as embedded

MODEL = embedded.DATABASE
# Filled without a thought for a power cut: what breaks is made again.
LOADING = {
    **embedded.FOR_TESTS,
    "shared_buffers": "2GB", "maintenance_work_mem": "1GB", "work_mem": "128MB", "wal_level": "minimal",
    "max_wal_senders": "0", "max_wal_size": "16GB", "checkpoint_timeout": "1h", "autovacuum": "off",
    "max_parallel_maintenance_workers": "1", "max_parallel_workers_per_gather": "0",
}  # fmt: skip
# As an operator would set a server of this size; every commit is on the disk before it is answered. What is logged is not
# pressed together: with the one way the embedded server knows that takes a third of the work of receiving, for a fifth less.
SERVING = {
    "shared_buffers": "4GB", "effective_cache_size": "12GB", "maintenance_work_mem": "512MB", "work_mem": "32MB",
    "max_wal_size": "8GB", "random_page_cost": "1.1", "checkpoint_timeout": "15min",
}  # fmt: skip
_SIZES = """
SELECT CASE WHEN c.relispartition THEN p.inhparent::regclass::text ELSE c.oid::regclass::text END AS name,
       sum(GREATEST(c.reltuples, 0))::bigint, sum(pg_relation_size(c.oid)), sum(pg_indexes_size(c.oid))
FROM pg_class c LEFT JOIN pg_inherits p ON p.inhrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
GROUP BY 1 HAVING sum(pg_total_relation_size(c.oid)) > 1000000
ORDER BY sum(pg_total_relation_size(c.oid)) DESC LIMIT 16
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much one table takes, in rows and bytes."""

    table: str
    rows: int
    heap: int
    indexes: int


def name_of(count: int) -> str:
    """The database of a size."""
    return f"bench_{count}"


def is_filled(server: embedded.Server, count: int) -> bool:
    """Whether the database of this size is there and was finished."""
    with psycopg.connect(server.get_url("postgres", "postgres")) as db:
        if db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name_of(count)]).fetchone() is None:
            return False
    return read_made(server.get_url("postgres", name_of(count))) == count


def read_made(url: str) -> int | None:
    """How many dossiers the benchmark made in this database; None when it did not, or did not finish."""
    with psycopg.connect(url) as db:
        row = db.execute("SELECT to_regclass('bench.made') IS NOT NULL").fetchone()
        if not (row and row[0]):
            return None
        made = db.execute("SELECT dossiers FROM bench.made").fetchone()
        return int(made[0]) if made else None


def count_received(url: str) -> int:
    """How many dossiers runs have received since it was filled: what is made is numbered from one."""
    with psycopg.connect(url) as db:
        row = db.execute(
            "SELECT count(*) FROM dossiers_dossier WHERE id > (SELECT dossiers FROM bench.made)"
        ).fetchone()
        return int(row[0]) if row else 0


def is_fillable(url: str) -> bool:
    """Whether a named database holds no dossiers, or only those of an earlier benchmark."""
    with psycopg.connect(url) as db:
        row = db.execute(
            "SELECT to_regclass('dossiers_dossier') IS NULL OR to_regclass('bench.made') IS NOT NULL"
        )
        is_ours = (row.fetchone() or (False,))[0]
        return bool(is_ours) or db.execute("SELECT 1 FROM dossiers_dossier LIMIT 1").fetchone() is None


def copy_model(server: embedded.Server, count: int) -> None:
    """A fresh copy of the prepared province for one size."""
    drop(server, count)
    with psycopg.connect(server.get_url("postgres", "postgres"), autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name_of(count)} TEMPLATE {MODEL} OWNER {embedded.OWNER}")


def drop(server: embedded.Server, count: int) -> None:
    """Give the room of one size back."""
    with psycopg.connect(server.get_url("postgres", "postgres"), autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {name_of(count)} WITH (FORCE)")


def point_at(environment: Mapping[str, str], server: embedded.Server, count: int) -> dict[str, str]:
    """The environment of processes that work on the database of one size."""
    name = name_of(count)
    return {
        **environment,
        "DATABASE_URL": server.get_url(embedded.APP, name),
        "MOTCUA_OWNER_URL": server.get_url(embedded.OWNER, name),
    }


def read_sizes(url: str) -> list[Size]:
    """The largest tables with what they hold."""
    with psycopg.connect(url) as db:
        return [Size(name, int(rows), int(heap), int(idx)) for name, rows, heap, idx in db.execute(_SIZES)]
