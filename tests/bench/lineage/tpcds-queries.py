"""The 99 queries of TPC-DS and the columns of its tables, as DuckDB's extension has them."""
import json
import sys

from duckdb_extensions import import_extension

import_extension("tpcds")

import duckdb  # noqa: E402

connection = duckdb.connect()
connection.execute("load tpcds")
queries = [query for _, query in connection.execute("from tpcds_queries()").fetchall()]
connection.execute("call dsdgen(sf = 0)")
schema = {}
for table, column in connection.execute(
    "select table_name, column_name from information_schema.columns order by table_name, ordinal_position"
).fetchall():
    schema.setdefault(table, []).append(column)
with open(sys.argv[1], "w") as file:
    json.dump({"queries": queries, "schema": schema}, file)
