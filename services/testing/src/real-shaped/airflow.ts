import {
  columnsOf,
  facet,
  type OpenLineageJson,
  type RunEventContent,
  runEvent,
  scattered,
  type Tool,
  timeText,
  uuidOf,
} from './open-lineage-json.ts'

const dags = 200
const tasksPerDag = 6
/** Start and end of the DAG and of each of its tasks. */
const eventsPerDagRun = 2 + tasksPerDag * 2
const producer = 'https://github.com/apache/airflow/tree/providers-openlineage/2.20.0'
const namespace = 'airflow'

type DagRun = { readonly dag: number; readonly dagId: string; readonly runNumber: number; readonly at: number }

/** 200 DAGs of six tasks each: two run SQL in BigQuery with columns, two move files, two touch no asset. */
export const airflow: Tool = {
  name: 'Airflow',
  eventAt(number, at) {
    const runNumber = Math.floor(number / eventsPerDagRun)
    const dag = runNumber % dags
    const run: DagRun = { dag, dagId: `dag_${dag}_${dag % 3 === 0 ? 'hourly' : 'load'}`, runNumber, at }
    const step = number % eventsPerDagRun
    if (step === 0) return dagStart(run)
    if (step === eventsPerDagRun - 1) return dagEnd(run)
    const task = (step - 1) >> 1
    return step % 2 === 1 ? taskStart(run, task) : taskEnd(run, task)
  },
}

const dagRunIdOf = ({ dagId, runNumber }: DagRun) => uuidOf('airflow', dagId, runNumber)
const taskRunIdOf = ({ dagId, runNumber }: DagRun, task: number) => uuidOf('airflow', dagId, runNumber, task)
const isSql = (task: number): boolean => task % 3 === 0
const taskIdOf = (task: number): string => `${isSql(task) ? 'merge' : 'step'}_${task}`
const operatorOf = (task: number): string => (isSql(task) ? 'BigQueryInsertJobOperator' : 'PythonOperator')

const event = ({ at }: DagRun, ...content: RunEventContent): OpenLineageJson =>
  runEvent({ producer, namespace, at }, ...content)

const of = (schema: string, content: OpenLineageJson) => facet(producer, schema, content)
const jobType = (type: string) =>
  of('2-0-3/JobTypeJobFacet.json', { integration: 'AIRFLOW', jobType: type, processingType: 'BATCH' })
const ownership = ({ dag }: DagRun) => of('1-0-1/OwnershipJobFacet.json', { owners: [{ name: `team-${dag % 12}` }] })
const engine = of('1-1-1/ProcessingEngineRunFacet.json', {
  ...{ name: 'Airflow', version: '3.3.2', openlineageAdapterVersion: '2.20.0' },
})
const nominalTime = ({ at }: DagRun) =>
  of('1-0-1/NominalTimeRunFacet.json', { nominalStartTime: timeText(hour(at)), nominalEndTime: timeText(hour(at)) })
const hour = (at: number): number => at - (at % 3_600_000)
const runIdText = ({ at }: DagRun): string => `scheduled__${timeText(hour(at))}`
const parent = (run: DagRun) => {
  const dag = { run: { runId: dagRunIdOf(run) }, job: { namespace, name: run.dagId } }
  return of('1-1-0/ParentRunFacet.json', { ...dag, root: dag })
}

const dagOf = ({ dag, dagId }: DagRun) => ({
  ...{ dag_id: dagId, description: `Loads mart ${dag}`, fileloc: `/opt/airflow/dags/${dagId}.py`, owner: 'data' },
  ...{ owner_links: {}, start_date: '2024-01-01T00:00:00+00:00', tags: `['mart', 'tier-${dag % 3}']` },
  ...{ timetable: { delta: 3600 }, timetable_summary: '@hourly' },
})
const dagRunOf = (run: DagRun) => ({
  ...{ conf: {}, dag_id: run.dagId, run_id: runIdText(run), run_type: 'scheduled', run_after: timeText(hour(run.at)) },
  ...{ data_interval_start: timeText(hour(run.at)), data_interval_end: timeText(hour(run.at)) },
  ...{ logical_date: timeText(hour(run.at)), start_date: timeText(run.at - 2_000) },
})
const taskOf = (task: number) => ({
  ...{ depends_on_past: false, downstream_task_ids: `['${taskIdOf(task + 1)}']`, executor_config: {}, inlets: '[]' },
  ...{ ignore_first_depends_on_past: true, mapped: false, multiple_outputs: false, outlets: '[]', owner: 'data' },
  ...{ operator_class: operatorOf(task), operator_class_path: `airflow.providers.operators.${operatorOf(task)}` },
  ...{ priority_weight: 1, queue: 'default', retries: 2, retry_exponential_backoff: false, task_id: taskIdOf(task) },
  ...{ trigger_rule: 'all_success', upstream_task_ids: `['${taskIdOf(task - 1)}']`, wait_for_downstream: false },
  ...{ wait_for_past_depends_before_skipping: false, weight_rule: 'downstream' },
})
const airflowFacet = (run: DagRun, task: number, duration: number | undefined) =>
  of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
    dag: dagOf(run),
    dagRun: dagRunOf(run),
    task: taskOf(task),
    taskInstance: {
      ...{ try_number: 1, map_index: -1, pool: 'default_pool', queued_dttm: timeText(run.at - 900) },
      log_url: `https://airflow.internal/dags/${run.dagId}/runs/${encodeURIComponent(runIdText(run))}/tasks/${taskIdOf(task)}?try_number=1`,
      ...(duration === undefined ? {} : { duration }),
    },
    taskUuid: taskRunIdOf(run, task),
  })

const dagStart = (run: DagRun): OpenLineageJson =>
  event(
    run,
    'START',
    {
      runId: dagRunIdOf(run),
      facets: {
        airflowDagRun: of('2-0-2/OpenLineage.json#/$defs/RunFacet', { dag: dagOf(run), dagRun: dagRunOf(run) }),
        ...{ nominalTime: nominalTime(run), processing_engine: engine },
      },
    },
    {
      name: run.dagId,
      facets: {
        ...{ jobType: jobType('DAG'), ownership: ownership(run) },
        documentation: of('1-1-0/DocumentationJobFacet.json', { description: `Loads mart ${run.dag}` }),
        tags: of('1-0-0/TagsJobFacet.json', {
          tags: [{ key: 'mart', value: `tier-${run.dag % 3}`, source: 'AIRFLOW' }],
        }),
      },
    },
  )

const dagEnd = (run: DagRun): OpenLineageJson =>
  event(
    run,
    'COMPLETE',
    {
      runId: dagRunIdOf(run),
      facets: {
        airflowState: of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
          dagRunState: 'success',
          tasksState: Object.fromEntries(
            Array.from({ length: tasksPerDag }, (_, task) => [taskIdOf(task), 'success'] as const),
          ),
          tasksDuration: Object.fromEntries(
            Array.from({ length: tasksPerDag }, (_, task) => [
              taskIdOf(task),
              scattered(run.runNumber + task, 9_000) / 1e3,
            ]),
          ),
        }),
        airflowDagRun: of('2-0-2/OpenLineage.json#/$defs/RunFacet', { dag: dagOf(run), dagRun: dagRunOf(run) }),
      },
    },
    { name: run.dagId, facets: { jobType: jobType('DAG') } },
  )

const jobOf = (run: DagRun, task: number, more: OpenLineageJson) => ({
  name: `${run.dagId}.${taskIdOf(task)}`,
  facets: {
    jobType: jobType('TASK'),
    ...(isSql(task)
      ? {}
      : {
          sourceCode: of('1-0-1/SourceCodeJobFacet.json', {
            ...{
              language: 'python',
              sourceCode: `def step_${task}():\n    copy("lake/raw/${run.dag}")\n    return 1\n`,
            },
          }),
        }),
    ...more,
  },
})

const taskStart = (run: DagRun, task: number): OpenLineageJson =>
  event(
    run,
    'START',
    {
      runId: taskRunIdOf(run, task),
      facets: {
        airflow: airflowFacet(run, task, undefined),
        ...{ nominalTime: nominalTime(run), parent: parent(run), processing_engine: engine },
      },
    },
    jobOf(run, task, { ownership: ownership(run) }),
  )

const bigQuery = (name: string, facets: OpenLineageJson = {}) => ({ namespace: 'bigquery', name, facets })
const file = (run: DagRun, name: string) => ({ namespace: 'gs://lake', name: `raw/${run.dag}/${name}`, facets: {} })

/** What a task read and wrote. */
function datasetsOf(
  run: DagRun,
  task: number,
): { readonly inputs: readonly unknown[]; readonly outputs: readonly unknown[] } {
  if (task % 3 === 2) return { inputs: [], outputs: [] }
  if (!isSql(task)) return { inputs: [file(run, `${task}.csv`)], outputs: [file(run, `${task}.parquet`)] }
  const source = `shop.staging.orders_${run.dag % 60}`
  const fields = columnsOf(run.dag + task, 5 + (run.dag % 8))
  const lineage = fields.map(({ name }) => [
    name,
    { inputFields: [{ namespace: 'bigquery', name: source, field: name, transformations: [] }] },
  ])
  const output = bigQuery(`shop.mart_${run.dag}.table_${task}`, {
    schema: of('1-1-1/SchemaDatasetFacet.json', { fields }),
    columnLineage: of('1-2-0/ColumnLineageDatasetFacet.json', { fields: Object.fromEntries(lineage) }),
  })
  return { inputs: [bigQuery(source), bigQuery('shop.staging.customers')], outputs: [output] }
}

function taskEnd(run: DagRun, task: number): OpenLineageJson {
  const { inputs, outputs } = datasetsOf(run, task)
  const isFailure = scattered(run.runNumber * tasksPerDag + task, 50) === 0
  const query = `MERGE INTO mart_${run.dag}.table_${task} t USING staging.orders_${run.dag % 60} o JOIN staging.customers c ON o.customer_id = c.id`
  const sql = isSql(task)
    ? { sql: of('1-1-0/SQLJobFacet.json', { query: `${query} WHEN MATCHED THEN UPDATE SET status = o.status` }) }
    : {}
  const facets = {
    airflow: airflowFacet(run, task, scattered(run.runNumber + task, 9_000) / 1e3),
    parent: parent(run),
    ...(isSql(task)
      ? {
          externalQuery: of('1-0-2/ExternalQueryRunFacet.json', {
            ...{ source: 'bigquery', externalQueryId: `shop:EU.job_${taskRunIdOf(run, task)}` },
          }),
        }
      : {}),
    ...(isFailure
      ? {
          errorMessage: of('1-0-1/ErrorMessageRunFacet.json', {
            ...{ message: `Quota "exceeded" for mart ${run.dag}: retry later\n`, programmingLanguage: 'python' },
            stackTrace: `Traceback (most recent call last):\n  File "/opt/airflow/dags/${run.dagId}.py", line 12\nQuotaError`,
          }),
        }
      : {}),
  }
  const state = isFailure ? 'FAIL' : 'COMPLETE'
  return event(run, state, { runId: taskRunIdOf(run, task), facets }, jobOf(run, task, sql), inputs, outputs)
}
