"""Emits the START and the COMPLETE of many runs with the official client, as the configuration in the first argument tells."""

import json
import sys
from datetime import datetime, timedelta, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import parent_run, schema_dataset

transport, namespace, count = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
client = OpenLineageClient(config={"transport": transport})
start = datetime(2026, 3, 1, tzinfo=timezone.utc)


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


for number in range(count):
    columns = schema_dataset.SchemaDatasetFacet(fields=[schema_dataset.SchemaDatasetFacetFields(name="id", type="int")])
    source = InputDataset(namespace=f"s3://{namespace}", name=f"raw/part_{number % 10}", facets={"schema": columns})
    target = OutputDataset(namespace="postgres://warehouse:5432", name=f"{namespace}.public.t{number % 10}")
    client.emit(event(number, RunState.START, [source], []))
    client.emit(event(number, RunState.COMPLETE, [], [target]))

closed = client.close(timeout=90)
print(json.dumps({"closed": closed}))
