"""SQLite 读取子进程: answers each line of SQL on standard input with an Arrow stream on standard output."""

import sys

import adbc_driver_sqlite.dbapi
import pyarrow as pa

BATCH = 65_536


def main() -> None:
    """Until standard input ends."""
    out = pa.PythonFile(sys.stdout.buffer, mode="w")
    settings = {"adbc.sqlite.query.batch_rows": BATCH}
    with adbc_driver_sqlite.dbapi.connect(sys.argv[1], autocommit=True) as connection:
        for pragma in ("mmap_size = 4294967296", "cache_size = -65536"):
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA {pragma}")
                cursor.fetchall()
        for line in sys.stdin:
            with connection.cursor(adbc_stmt_kwargs=settings) as cursor:
                cursor.execute(line.strip())
                if line.strip() == "BEGIN":
                    # A transaction sees the database from its first read on.
                    cursor.execute("SELECT count(*) AS tables FROM sqlite_master")
                _answer(cursor, out)


def _answer(cursor: adbc_driver_sqlite.dbapi.Cursor, out: pa.PythonFile) -> None:
    batches = cursor.fetch_record_batch()
    with pa.ipc.new_stream(out, batches.schema) as stream:
        for batch in batches:
            stream.write_batch(batch)
    out.flush()


if __name__ == "__main__":
    main()
