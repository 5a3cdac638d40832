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

const applications = 150
const actionsPerApplication = 3
/** Start and end of the application and of each of its actions. */
const eventsPerRun = 2 + actionsPerApplication * 2
const producer = 'https://github.com/OpenLineage/OpenLineage/tree/1.53.0/integration/spark'
const namespace = 'spark-prod'

type Application = { readonly app: number; readonly name: string; readonly runNumber: number; readonly at: number }

/** 150 applications of three actions each; outputs with columns, column lineage and statistics. */
export const spark: Tool = {
  name: 'Spark',
  eventAt(number, at) {
    const runNumber = Math.floor(number / eventsPerRun)
    const app = runNumber % applications
    const application: Application = { app, name: `etl_orders_${app}`, runNumber, at }
    const step = number % eventsPerRun
    if (step === 0) return applicationEvent(application, 'START')
    if (step === eventsPerRun - 1) return applicationEvent(application, 'COMPLETE')
    return actionEvent(application, (step - 1) >> 1, step % 2 === 1 ? 'START' : 'COMPLETE')
  },
}

const of = (schema: string, content: OpenLineageJson) => facet(producer, schema, content)
const applicationRunId = ({ app, runNumber }: Application) => uuidOf('spark', app, runNumber)
const jobType = (type: string) =>
  of('2-0-3/JobTypeJobFacet.json', { jobType: type, processingType: 'BATCH', integration: 'SPARK' })
const engine = of('1-1-1/ProcessingEngineRunFacet.json', {
  ...{ version: '4.0.1', name: 'spark', openlineageAdapterVersion: '1.53.0' },
})
const properties = ({ name }: Application) =>
  of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
    properties: { 'spark.master': 'k8s://https://cluster.internal:6443', 'spark.app.name': name },
  })
const environment = of('2-0-2/OpenLineage.json#/$defs/RunFacet', { 'environment-properties': {} })
const details = ({ name, runNumber, at }: Application) =>
  of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
    ...{ master: 'k8s://https://cluster.internal:6443', appName: name, applicationId: `spark-${runNumber}-driver` },
    ...{ deployMode: 'cluster', driverHost: `10.1.${runNumber % 250}.7`, userName: 'etl', startTime: timeText(at) },
    uiWebUrl: `http://10.1.${runNumber % 250}.7:4040`,
  })

const event = (at: number, ...content: RunEventContent): OpenLineageJson =>
  runEvent({ producer, namespace, at }, ...content)

const applicationEvent = (application: Application, eventType: string): OpenLineageJson =>
  event(
    application.at,
    eventType,
    {
      runId: applicationRunId(application),
      facets: {
        ...{ spark_applicationDetails: details(application), processing_engine: engine },
        ...{ 'environment-properties': environment, spark_properties: properties(application) },
      },
    },
    { name: application.name, facets: { jobType: jobType('APPLICATION') } },
  )

const table = (name: string) => ({ namespace: 's3://warehouse', name: `shop/${name}` })
const symlink = (name: string) =>
  of('1-0-1/SymlinksDatasetFacet.json', {
    identifiers: [{ namespace: 'hive://metastore.internal:9083', name: `shop.${name}`, type: 'TABLE' }],
  })

function actionEvent(application: Application, action: number, eventType: 'START' | 'COMPLETE'): OpenLineageJson {
  const { app, name, runNumber, at } = application
  const target = `orders_${app}_${action}`
  const source = `raw_orders_${app % 40}`
  const isFailure = eventType === 'COMPLETE' && scattered(runNumber * actionsPerApplication + action, 60) === 0
  const run = {
    runId: uuidOf('spark', app, runNumber, action),
    facets: {
      parent: of('1-1-0/ParentRunFacet.json', {
        run: { runId: applicationRunId(application) },
        job: { namespace, name },
      }),
      ...{
        processing_engine: engine,
        'environment-properties': environment,
        spark_properties: properties(application),
      },
      spark_jobDetails: of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
        ...{
          jobId: action,
          jobDescription: `save at Orders.scala:${40 + action}`,
          jobCallSite: `Orders.scala:${40 + action}`,
        },
      }),
      ...(isFailure
        ? {
            errorMessage: of('1-0-1/ErrorMessageRunFacet.json', {
              ...{ message: 'Job aborted due to stage failure: Task 3 in stage 7.0 failed 4 times' },
              programmingLanguage: 'JAVA',
              stackTrace: `org.apache.spark.SparkException: Job aborted\n\tat org.apache.spark.scheduler.DAGScheduler.abortStage(DAGScheduler.scala:${2_000 + app})`,
            }),
          }
        : {}),
    },
  }
  const job = {
    name: `${name}.execute_insert_into_hadoop_fs_relation_command.shop_${target}`,
    facets: { jobType: jobType('SQL_JOB') },
  }
  return event(
    ...([at, isFailure ? 'FAIL' : eventType, run, job] as const),
    [inputOf(source, app), inputOf('customers', 0)],
    [outputOf(target, source, app + action, eventType)],
  )
}

const schemaOf = (seed: number, count: number) =>
  of('1-1-1/SchemaDatasetFacet.json', { fields: columnsOf(seed, count) })

const inputOf = (name: string, seed: number) => ({
  ...table(name),
  facets: {
    dataSource: of('1-0-1/DatasourceDatasetFacet.json', { name: 's3://warehouse', uri: 's3://warehouse' }),
    ...{ schema: schemaOf(seed, 8), symlinks: symlink(name) },
  },
  inputFacets: {},
})

function outputOf(name: string, source: string, seed: number, eventType: 'START' | 'COMPLETE') {
  const columns = columnsOf(seed, 6 + (seed % 6))
  const field = (column: string, type: string, subtype: string) => ({
    ...table(source),
    field: column,
    transformations: [{ type, subtype, description: '', masking: false }],
  })
  const entries = columns.map(({ name: column }) => [column, { inputFields: [field(column, 'DIRECT', 'IDENTITY')] }])
  return {
    ...table(name),
    facets: {
      dataSource: of('1-0-1/DatasourceDatasetFacet.json', { name: 's3://warehouse', uri: 's3://warehouse' }),
      ...{ schema: schemaOf(seed, 6 + (seed % 6)), symlinks: symlink(name) },
      columnLineage: of('1-2-0/ColumnLineageDatasetFacet.json', {
        fields: Object.fromEntries(entries),
        dataset: [field('status', 'INDIRECT', 'FILTER')],
      }),
      lifecycleStateChange: of('1-0-1/LifecycleStateChangeDatasetFacet.json', { lifecycleStateChange: 'OVERWRITE' }),
    },
    outputFacets:
      eventType === 'START'
        ? {}
        : {
            outputStatistics: of('1-0-2/OutputStatisticsOutputDatasetFacet.json', {
              ...{ rowCount: 10_000 + (seed % 997), size: 4_000_000 + (seed % 9_973), fileCount: 8 },
            }),
          },
  }
}
