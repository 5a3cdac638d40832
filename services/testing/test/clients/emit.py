"""Emits the START and the COMPLETE of many runs with the official client, as the configuration in the first argument says.

Prints as JSON whether the client closed in time, and how many events it reports as given up or not yet sent.
"""

import json
import sys
from datetime import datetime, timedelta, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import parent_run, schema_dataset

transport, namespace, count = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
client = OpenLineageClient(config={"transport": transport})
start = datetime(2026, 3, 1, tzinfo=timezone.utc)
given_up = []


def event(number, state, inputs, outputs):
    run_id = f"0197a3c0-0000-7000-8000-{number:012d}"
    parent = parent_run.ParentRunFacet(
        run=parent_run.Run(runId="0197a3c0-0000-7000-8000-ffffffffffff"),
        job=parent_run.Job(namespace=namespace, name="nightly"),
    )
    return RunEvent(
        eventTime=(start + timedelta(minutes=number, seconds=state is not RunState.START)).isoformat(),
        eventType=state,
        run=Run(runId=run_id, facets={"parent": parent}),
        job=Job(namespace=namespace, name=f"nightly.load_{number % 10}"),
        inputs=inputs,
        outputs=outputs,
        producer="https://example.com/bakery",
    )


def emit(event):
    try:
        client.emit(event)
    except Exception as error:  # the http transport raises after its last try
        given_up.append(f"{event.run.runId} {event.eventType.value}: {error}")


for number in range(count):
    columns = schema_dataset.SchemaDatasetFacet(fields=[schema_dataset.SchemaDatasetFacetFields(name="id", type="int")])
    source = InputDataset(namespace=f"s3://{namespace}", name=f"raw/part_{number % 10}", facets={"schema": columns})
    target = OutputDataset(namespace="postgres://warehouse:5432", name=f"{namespace}.public.t{number % 10}")
    emit(event(number, RunState.START, [source], []))
    emit(event(number, RunState.COMPLETE, [], [target]))

closed = client.close(timeout=90)
# async_http counts instead, and logs each event that it gives up.
stats = client.transport.get_stats() if hasattr(client.transport, "get_stats") else {"failed": 0, "pending": 0}
print()
print(json.dumps({"closed": closed, "givenUp": len(given_up) + stats["failed"], "pending": stats["pending"], "errors": given_up}))
