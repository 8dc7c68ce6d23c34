"""BigQuery's REST API, by local-bigquery on DuckDB.

local-bigquery lets everybody in; this asks for a token that a service account has signed, or one that it was given. It counts what is
asked by method, for tests that bound it: GET /calls. EMULATOR_ACCOUNTS names the file of who may come in:
{"accounts": {"EMAIL": "PEM of the public key"}, "tokens": ["…"]}.

Started as: python emulator.py PORT FOLDER; ends when its input does.
"""

import collections
import json
import os
import pathlib
import re
import sys
import threading

import duckdb
import uvicorn
from duckdb_extensions import import_extension
from google.auth import jwt
from starlette.responses import JSONResponse

for name in ("ducklake", "spatial"):
    import_extension(name)
connect = duckdb.connect


def connect_in_utc(*args, config=None, **options):
    """A time zone in `config` makes DuckDB look for an extension in the network; set afterwards it does not."""
    connection = connect(*args, config={k: v for k, v in (config or {}).items() if k != "TimeZone"}, **options)
    connection.execute("SET TimeZone = 'UTC'")
    # A query that runs must leave the machine to whoever cancels it.
    connection.execute("SET threads = 1")
    return connection


duckdb.connect = connect_in_utc

from local_bigquery.settings import settings  # noqa: E402

settings.default_project_id = "shop-project"
settings.default_dataset_id = "sales"
settings.data_dir = pathlib.Path(sys.argv[2])

from local_bigquery.app import app  # noqa: E402
from local_bigquery.sql.rules import information_schema  # noqa: E402

partitions_of = information_schema.VIEWS["PARTITIONS"]


def partitions_with_times(project_id, dataset_id):
    """With when each was written, which local-bigquery does not know: when its table was altered."""
    columns, rows = partitions_of(project_id, dataset_id)
    tables = information_schema._tables(project_id, dataset_id)
    times = {table.tableReference.tableId: information_schema._timestamp(table.lastModifiedTime) for table in tables}
    return [*columns, "last_modified_time TIMESTAMP"], [[*row, times[row[2]]] for row in rows]


information_schema.VIEWS["PARTITIONS"] = partitions_with_times

# What ran, with the columns of INFORMATION_SCHEMA.JOBS that local-bigquery leaves out; everything two minutes ago, when BigQuery would
# surely show it.
PLACE = "'$.configuration.query.destinationTable.%s'"
information_schema.JOBS = """
SELECT
    job_id,
    project_id,
    CASE WHEN resource ->> '$.configuration.query.query' ILIKE 'create procedure%' THEN 'CREATE_PROCEDURE'
        ELSE resource ->> '$.statistics.query.statementType' END AS statement_type,
    state,
    make_timestamp(creation_time * 1000) - INTERVAL 2 MINUTE AS creation_time,
    make_timestamp(CAST(resource ->> '$.statistics.endTime' AS BIGINT) * 1000) - INTERVAL 2 MINUTE AS end_time,
    resource ->> '$.configuration.query.query' AS query,
    parent_job_id,
    resource ->> '$.status.errorResult' AS error_result,
    struct_pack(project_id := resource ->> {project_id}, dataset_id := resource ->> {dataset_id},
        table_id := resource ->> {table_id}) AS destination_table,
    [struct_pack(key := CASE WHEN resource ->> '$.configuration.labels.plumbline' IS NULL THEN '' ELSE 'plumbline' END,
        value := resource ->> '$.configuration.labels.plumbline')] AS labels
FROM emulator.main.jobs
WHERE project_id = {{project}}
""".format(**{name: PLACE % name.replace("_id", "Id") for name in ("project_id", "dataset_id", "table_id")})

with open(os.environ["EMULATOR_ACCOUNTS"], encoding="utf-8") as file:
    KNOWN = json.load(file)

CALLS = collections.Counter()
METHODS = {
    r"/datasets$": "datasets.list",
    r"/tables$": "tables.list",
    r"/tables/[^/]+$": "tables.get",
    r"/jobs$": "jobs",
}


def may_come_in(header):
    token = (header or "").removeprefix("Bearer ")
    if token in KNOWN["tokens"]:
        return True
    for email, key in KNOWN["accounts"].items():
        try:
            claims = jwt.decode(token, certs=key)
        except (ValueError, KeyError):
            continue
        if claims["iss"] == claims["sub"] == email:
            return True
    return False


def refusal():
    """As BigQuery refuses a token that it does not know."""
    message = "Request had invalid authentication credentials. Expected OAuth 2 access token."
    error = {
        "code": 401, "message": message, "status": "UNAUTHENTICATED",
        "errors": [{"message": "Invalid Credentials", "domain": "global", "reason": "authError"}],
    }  # fmt: skip
    return JSONResponse({"error": error}, status_code=401)


class Door:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.inner(scope, receive, send)
        path = scope["path"]
        if path == "/calls":
            return await JSONResponse(CALLS)(scope, receive, send)
        header = dict(scope["headers"]).get(b"authorization", b"").decode()
        if not may_come_in(header):
            return await refusal()(scope, receive, send)
        for pattern, name in METHODS.items():
            if re.search(pattern, path):
                CALLS[name] += 1
        # It would take the token for one of Google's own.
        scope = {**scope, "headers": [one for one in scope["headers"] if one[0] != b"authorization"]}
        return await self.inner(scope, receive, send)


def end_with_input():
    """Nobody else would end it when the tests are killed."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_input, daemon=True).start()
    uvicorn.run(Door(app), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
