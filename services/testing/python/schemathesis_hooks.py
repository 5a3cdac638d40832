"""Rules between parameters that OpenAPI cannot express, each named in the description of its parameters.

Valid requests that break one of them are corrected before they are sent. Invalid requests are sent as they are.
"""

import schemathesis


@schemathesis.hook
def map_case(context, case):
    if case.meta is None or case.meta.generation.mode.is_positive:
        if case.query:
            correct(case.operation.path, case.query)
    return case


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
    # A difference is from an earlier time to a later one.
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
