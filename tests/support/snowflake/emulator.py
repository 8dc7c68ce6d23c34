"""Snowflake's protocol for the Node driver, on fakesnow.

fakesnow answers in Arrow, which the Node driver does not read, lets everybody in and fails with HTTP 500, which drivers retry. This
answers rows as JSON, checks who logs in (password, key pair, OAuth or programmatic access token), and turns such a failure into an error
of the statement. Users are in the file that EMULATOR_USERS names: {"NAME": {"password", "publicKey", "token", "oauthToken"}}.

Started as: python emulator.py PORT; ends when its input does.
"""

import base64
import datetime
import gzip
import hashlib
import importlib
import json
import os
import re
import sys
import threading

import jwt
import uvicorn
from cryptography.hazmat.primitives import serialization
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

# The package exports a function of this name.
server = importlib.import_module("fakesnow.server")

with open(os.environ["EMULATOR_USERS"], encoding="utf-8") as file:
    USERS = json.load(file)

EPOCH = datetime.datetime(1970, 1, 1)
DAY_ZERO = datetime.date(1970, 1, 1)


def seconds(moment):
    """As the wire has a time: seconds and nanoseconds."""
    if moment.tzinfo:
        moment = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    delta = moment - EPOCH
    return f"{delta.days * 86400 + delta.seconds}.{delta.microseconds * 1000:09d}"


def wire(value, column):
    kind = column["type"]
    if value is None:
        return None
    if kind == "boolean":
        return "1" if value else "0"
    if isinstance(value, datetime.datetime):
        return f"{seconds(value)} 1440" if kind == "timestamp_tz" else seconds(value)
    if isinstance(value, datetime.date):
        return str((value - DAY_ZERO).days)
    if isinstance(value, datetime.time):
        return f"{value.hour * 3600 + value.minute * 60 + value.second}.{value.microsecond * 1000:09d}"
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    if isinstance(value, (dict, list)):
        return json.dumps(value, default=str)
    return str(value)


def rows_of(table, rowtype):
    columns = [[wire(v, t) for v in c.to_pylist()] for c, t in zip(table.columns, rowtype, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


server.to_sf = rows_of
server.to_ipc = lambda rows: json.dumps(rows).encode()


async def body_of(request):
    body = await request.body()
    if request.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return json.loads(body)


def fingerprint(public_key):
    der = public_key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return "SHA256:" + base64.b64encode(hashlib.sha256(der).digest()).decode()


def is_signed(token, user, name):
    try:
        key = serialization.load_pem_public_key(user["publicKey"].encode())
        # The driver writes the time of issue in milliseconds.
        claims = jwt.decode(token, key, algorithms=["RS256"], options={"verify_iat": False})
    except (jwt.PyJWTError, KeyError, ValueError):
        return False
    return claims["iss"].endswith(f".{name}.{fingerprint(key)}") and claims["sub"].endswith(f".{name}")


def refusal(data):
    """The code and message of Snowflake for who may not come in; None for who may."""
    name = data.get("LOGIN_NAME", "").upper()
    kind = (data.get("AUTHENTICATOR") or "SNOWFLAKE").upper()
    user = USERS.get(name, {})
    token = data.get("TOKEN")
    if kind == "SNOWFLAKE_JWT":
        return None if is_signed(token, user, name) else ("390144", "JWT token is invalid.")
    if kind == "OAUTH":
        known = [one.get("oauthToken") for one in USERS.values()]
        return None if token and token in known else ("390303", "Invalid OAuth access token.")
    if kind == "PROGRAMMATIC_ACCESS_TOKEN":
        return None if token and token == user.get("token") else ("394400", "Programmatic access token is invalid.")
    if data.get("PASSWORD") and data["PASSWORD"] == user.get("password"):
        return None
    return ("390100", "Incorrect username or password was specified.")


async def login(request):
    data = (await body_of(request))["data"]
    refused = refusal(data)
    if refused:
        code, message = refused
        return JSONResponse({"data": {"nextAction": "RETRY_LOGIN"}, "code": code, "message": message, "success": False})
    return await server.login_request(request)


def error(code, message, state="22000"):
    data = {"errorCode": code, "sqlState": state, "internalError": False, "queryId": "emulated"}
    return JSONResponse({"data": data, "code": code, "message": message, "success": False})


ROLE = "PLUMBLINE"
# What fakesnow does not have, as what it has.
REWRITTEN = [
    (r"^\s*alter\s+session\s.*", "select 'Statement executed successfully.' as status"),
    (r"current_warehouse\(\)", "'COMPUTE_WH'"),
    (r"current_role\(\)", f"'{ROLE}'"),
    (r"current_account\(\)", "'FAKESNOW'"),
    (r"current_region\(\)", "'LOCAL'"),
    (r"datetime_precision as", "case when data_type like 'TIME%' then 9 end as"),
    (r"is_role_in_session\(grantee\)", f"grantee = '{ROLE}'"),
    (
        r"from (\S+)\.information_schema\.table_privileges",
        rf"from (select table_schema, table_name, 'SELECT' as privilege_type, '{ROLE}' as grantee"
        r" from \1.information_schema.tables"
        r" union all select table_schema, table_name, 'SELECT', 'PLUMBLINE' from \1.information_schema.views)",
    ),
]
REWRITTEN = [(re.compile(pattern, re.IGNORECASE | re.DOTALL), by) for pattern, by in REWRITTEN]

CREATE_PROCEDURE = re.compile(
    r"^\s*create\s+(?:or\s+replace\s+)?procedure\s+(\w+)\.(\w+)\.(\w+)\s*(\([^)]*\)).*\blanguage\s+(\w+)\b.*\$\$(.*)\$\$\s*$",
    re.IGNORECASE | re.DOTALL,
)
# The greatest value of a column is known without reading: of anything else nothing is claimed.
EXPLAINED = re.compile(r"^\s*explain\s+using\s+json\s+(.*)$", re.IGNORECASE | re.DOTALL)
READS_ROWS = re.compile(r"\b(where|join|group|order|limit)\b", re.IGNORECASE)
PROCEDURES_OF = re.compile(r'from "?(\w+)"?\.information_schema\.procedures', re.IGNORECASE)
# What was created, as INFORMATION_SCHEMA.PROCEDURES has it: fakesnow knows no procedures.
PROCEDURES = []


def procedures_of(found):
    def quoted(text):
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"

    names = ["procedure_schema", "procedure_name", "argument_signature", "procedure_language", "procedure_definition"]
    none = "select " + ", ".join(f"null::varchar as {name}" for name in names) + " where 1 = 0"
    rows = [row[1:] for row in PROCEDURES if row[0] == found[1].upper()]
    selects = [none] + ["select " + ", ".join(map(quoted, row)) for row in rows]
    return "from (" + " union all ".join(selects) + ")"


SHOW_KEYS = re.compile(r'^\s*show\s+(primary|unique|imported)\s+keys\s+in\s+database\s+"?(\w+)"?\s*$', re.IGNORECASE)
SHOW_NONE = re.compile(r"^\s*show\s+(materialized views|dynamic tables|streams|stages)\s", re.IGNORECASE)
KEY_COLUMNS = ["schema_name", "table_name", "column_name", "key_sequence", "constraint_name"]
IMPORTED_COLUMNS = [
    "pk_database_name", "pk_schema_name", "pk_table_name", "pk_column_name",
    "fk_schema_name", "fk_table_name", "fk_column_name", "key_sequence", "fk_name",
]  # fmt: skip


def text_answer(columns, rows):
    rowtype = [{"name": name, "type": "text", "nullable": True, "length": 100, "byteLength": 400} for name in columns]
    texts = [[None if value is None else str(value) for value in row] for row in rows]
    data = {
        "parameters": [], "rowtype": rowtype, "rowset": texts, "total": len(texts), "returned": len(texts),
        "queryId": "emulated", "statementTypeId": 4096, "queryResultFormat": "json",
    }  # fmt: skip
    return JSONResponse({"data": data, "success": True})


def keys(conn, kind, database):
    """Of the constraints that DuckDB has: fakesnow shows no keys of a whole database, and imported ones wrongly."""
    wanted = {"primary": "PRIMARY KEY", "unique": "UNIQUE", "imported": "FOREIGN KEY"}[kind]
    found = conn._duck_conn.cursor().execute(
        "select schema_name, table_name, constraint_name, constraint_column_names, referenced_table,"
        " referenced_column_names from duckdb_constraints() where database_name = ? and constraint_type = ?",
        [database, wanted],
    ).fetchall()  # fmt: skip
    for schema, table, name, columns, other, referred in found:
        for place, column in enumerate(columns):
            if kind == "imported":
                yield [database, schema, other, referred[place], schema, table, column, place + 1, name]
            else:
                yield [schema, table, column, place + 1, name]


# One by one they would take minutes.
CREATE_MANY = re.compile(r"^\s*create\s+(\d+)\s+tables\s+of\s+(\d+)\s+columns\s+in\s+(\w+)\.(\w+)\s*$", re.IGNORECASE)


def create_many(conn, count, columns, database, schema):
    """Beside those that are there, past fakesnow: plain tables need none of what it knows."""
    cursor = conn._duck_conn.cursor()
    [made] = cursor.execute(
        "select count(*) from duckdb_tables() where database_name = ? and schema_name = ?", [database, schema]
    ).fetchone()
    names = ", ".join(f"C{number} VARCHAR" for number in range(columns))
    cursor.execute("begin")
    for number in range(made, made + count):
        cursor.execute(f'create table "{database}"."{schema}"."T{number:05}" ({names})')
    cursor.execute("commit")


async def query(request):
    body = await body_of(request)
    sql = body["sqlText"]
    if many := CREATE_MANY.match(sql):
        place = [part.upper() for part in many.groups()[2:]]
        create_many(server.to_conn(server.to_token(request)), int(many[1]), int(many[2]), *place)
        return text_answer(["status"], [["Tables successfully created."]])
    if shown := SHOW_KEYS.match(sql):
        conn = server.to_conn(server.to_token(request))
        kind, database = shown[1].lower(), shown[2]
        return text_answer(IMPORTED_COLUMNS if kind == "imported" else KEY_COLUMNS, list(keys(conn, kind, database)))
    if SHOW_NONE.match(sql):
        return text_answer(["name", "schema_name", "text"], [])
    if explained := EXPLAINED.match(sql):
        plan = {"GlobalStats": {"partitionsTotal": 1, "bytesAssigned": 1024 if READS_ROWS.search(explained[1]) else 0}}
        return text_answer(["content"], [[json.dumps(plan)]])
    if made := CREATE_PROCEDURE.match(sql):
        PROCEDURES.append([part.upper() for part in made.groups()[:3]] + [made[4], made[5].upper(), made[6]])
        return text_answer(["status"], [["Function successfully created."]])
    body["sqlText"] = PROCEDURES_OF.sub(procedures_of, body["sqlText"])
    for pattern, by in REWRITTEN:
        body["sqlText"] = pattern.sub(by, body["sqlText"])
    request._body = gzip.compress(json.dumps(body).encode())
    if request.headers.get("Content-Encoding") != "gzip":
        request._body = json.dumps(body).encode()
    answer = json.loads((await server.query_request(request)).body)
    data = answer.get("data") or {}
    if not answer["success"]:
        code = str(answer.get("code", "261000"))
        if code == "261000":
            return error(code, f"the emulator cannot run this: {sql[:200]}")
        return error(code, answer["message"], data.get("sqlState") or "42000")
    if data.get("queryResultFormat") == "arrow":
        packed = data.pop("rowsetBase64")
        data["rowset"] = json.loads(base64.b64decode(packed)) if packed else []
        data["queryResultFormat"] = "json"
    data["returned"] = len(data.get("rowset", []))
    return JSONResponse(answer)


OWN = {"/session/v1/login-request": login, "/queries/v1/query-request": query}
routes = [Route(path, handler, methods=["POST"]) for path, handler in OWN.items()]
routes += [route for route in server.routes if route.path not in OWN]

def end_with_input():
    """Nobody else would end it when the tests are killed."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_input, daemon=True).start()
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
