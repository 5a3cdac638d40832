"""Rules between parameters that OpenAPI cannot express, each named in the description of its parameters.

Valid requests that break one of them are corrected before they are sent. Invalid requests are sent as they are.
"""

import schemathesis


@schemathesis.hook
def map_case(context, case):
    if case.meta is None or case.meta.generation.mode.is_positive:
        path = case.operation.path
        if path.startswith("/api/v1/"):
            case.query = dict(case.query or {})
            correct(path, case.query)
        if case.operation.method.upper() in {"POST", "DELETE"} and path == "/api/v1/aliases":
            correct_alias(case)
        if path == "/api/v1/events":
            case.body = native_events(case.body)
    return case


# An array is accepted as a whole: the answer lists each invalid event of it, with its reason. So it is not refused with 400.
@schemathesis.hook
def filter_case(context, case):
    is_negative = case.meta is not None and not case.meta.generation.mode.is_positive
    return not (is_negative and isinstance(case.body, list) and case.operation.path in many_events)


many_events = {"/api/v1/lineage", "/api/v1/lineage/batch", "/api/v1/events"}


def correct_alias(case):
    # Two different assets, each either by its key or by namespace and name; prefixes have rules of their own.
    if case.operation.method.upper() == "DELETE":
        for name in ("namespace", "name", "aliasNamespace", "aliasName", "authority"):
            case.query.pop(name, None)
        case.query.setdefault("key", "s3://lake/a")
        case.query.setdefault("alias", "s3://lake/b")
        if case.query["key"] == case.query["alias"]:
            case.query["alias"] += "/b"
    elif isinstance(case.body, dict):
        case.body.pop("authority", None)
        if any(isinstance(case.body.get(name), dict) for name in ("key", "alias")):
            case.body = {**case.body, "key": "s3://lake/a"}
        if case.body.get("key") == case.body.get("alias"):
            case.body = {**case.body, "key": "s3://lake/a", "alias": "s3://lake/b"}


def native_events(body):
    # The fields of a native event are those of its Avro record, which the document refers to and does not repeat.
    example = {
        "type": "MaterializationEvent",
        "job": "shop/load orders",
        "inputs": [{"key": "s3://raw/orders"}],
        "outputs": [{"key": "postgres://shop/db/public/orders"}],
    }
    return [example] * len(body) if isinstance(body, list) else example


def correct(path, query):
    # A cursor is opaque: only one from a page of the same question is valid.
    query.pop("cursor", None)
    # An asset: either key, or both namespace and name. The pair must also make a valid key, which its own tests try.
    if takes_asset(path):
        query.pop("namespace", None)
        query.pop("name", None)
        if path != "/api/v1/lineage/diff":
            query.setdefault("key", "clickhouse://local/demo/airport_states")
    # edges and seenWithin exclude each other, and edges=seenWithin needs seenWithin.
    if "edges" in query:
        query.pop("seenWithin", None)
        if query["edges"] == "seenWithin":
            query["edges"] = "seenWithin=30d"
    # A difference is from an earlier time to a later one, by default now.
    if path == "/api/v1/lineage/diff":
        query.pop("to", None)


def takes_asset(path):
    return path in {
        "/api/v1/aliases",
        "/api/v1/asset",
        "/api/v1/asset/materializations",
        "/api/v1/columns/lineage",
        "/api/v1/lineage",
        "/api/v1/lineage/diff",
    }
