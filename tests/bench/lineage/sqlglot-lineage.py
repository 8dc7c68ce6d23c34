"""How fast sqlglot tells the tables and, column by column, the lineage of the same statements."""
import json
import logging
import sys
import time

import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage

logging.disable(logging.CRITICAL)


def nested(schema):
    """`{"a.b": [c]}` as the nested mapping that sqlglot takes; tables of different depth cannot be told together."""
    tree = {}
    for table, columns in schema.items():
        at = tree
        for part in table.split("."):
            at = at.setdefault(part, {})
        at.update({column: "unknown" for column in columns})
    return tree


def answer(case):
    dialect = None if case["dialect"] == "generic" else case["dialect"]
    for statement in sqlglot.parse(case["sql"], read=dialect):
        if statement is None:
            continue
        list(statement.find_all(exp.Table))
        query = statement if isinstance(statement, exp.Query) else statement.find(exp.Query)
        for name in query.named_selects if query else []:
            if name and name != "*":
                lineage(name, query.copy(), schema=nested(case["schema"]), dialect=dialect)


def rate(cases):
    failed = 0
    begun = time.perf_counter()
    for case in cases:
        try:
            answer(case)
        except Exception:
            failed += 1
    return {"perSecond": len(cases) / (time.perf_counter() - begun), "failed": failed}


with open(sys.argv[1]) as file:
    sets = json.load(file)
for cases in sets.values():
    rate(cases[:20])
with open(sys.argv[2], "w") as file:
    json.dump({"version": sqlglot.__version__, "rates": {name: rate(cases) for name, cases in sets.items()}}, file)
