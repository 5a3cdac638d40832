import {
  columnsOf,
  facet,
  type OpenLineageJson,
  type RunEventContent,
  runEvent,
  scattered,
  type Tool,
  uuidOf,
} from './open-lineage-json.ts'

const projects = 4
const modelsPerProject = 300
const producer = 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/dbt'

type Node = { readonly number: number; readonly project: number; readonly invocation: number; readonly at: number }

/** Four projects of 300 models: of eight events four are a model's or a statement's start, one is a test's end with its results. */
export const dbt: Tool = {
  name: 'dbt',
  eventAt(number, at) {
    const node = number >> 3
    const project = node % projects
    const model = Math.floor(node / projects) % modelsPerProject
    const invocation = Math.floor(node / (projects * modelsPerProject))
    const of: Node = { number: model, project, invocation, at }
    switch (number & 7) {
      case 0:
        return modelEvent(of, 'START')
      case 1:
        return statementEvent(of, 'START', 1)
      case 2:
        return statementEvent(of, 'COMPLETE', 1)
      case 3:
        return statementEvent(of, 'START', 2)
      case 4:
        return statementEvent(of, 'COMPLETE', 2)
      case 5:
        return modelEvent(of, 'COMPLETE')
      case 6:
        return testEvent(of, 'START')
      default:
        return testEvent(of, 'COMPLETE')
    }
  },
}

const of = (schema: string, content: OpenLineageJson) => facet(producer, schema, content)
const nameOf = ({ number, project }: Node) => `${number % 3 === 0 ? 'stg' : 'fct'}_orders_${project}_${number}`
const database = ({ project }: Node) => `postgres://warehouse-${project}.internal:5432`
const jobNamespace = ({ project }: Node) => `dbt-project-${project}`
const invocationId = ({ project, invocation }: Node) => uuidOf('dbt', project, invocation)
const modelRunId = (node: Node) => uuidOf('dbt', node.project, node.number, node.invocation)
const modelJob = (node: Node) => `warehouse.analytics.shop.${nameOf(node)}`

const runFacets = (node: Node, parent: { readonly runId: string; readonly name: string }) => ({
  parent: of('1-1-0/ParentRunFacet.json', {
    run: { runId: parent.runId },
    job: { namespace: jobNamespace(node), name: parent.name },
  }),
  dbt_version: of('2-0-2/OpenLineage.json#/$defs/RunFacet', { version: '1.11.16' }),
  processing_engine: of('1-1-1/ProcessingEngineRunFacet.json', {
    ...{ name: 'dbt', version: '1.11.16', openlineageAdapterVersion: '1.54.0' },
  }),
  dbt_run: of('2-0-2/OpenLineage.json#/$defs/RunFacet', {
    ...{ invocation_id: invocationId(node), project_name: `shop_${node.project}`, profile_name: 'shop' },
  }),
})
const invocationOf = (node: Node) => ({ runId: invocationId(node), name: `dbt-run-shop_${node.project}` })
const jobType = (type: string) =>
  of('2-0-3/JobTypeJobFacet.json', { jobType: type, integration: 'DBT', processingType: 'BATCH' })

const event = (node: Node, ...content: RunEventContent): OpenLineageJson =>
  runEvent({ producer, namespace: jobNamespace(node), at: node.at }, ...content)

const dataset = (node: Node, name: string, facets: OpenLineageJson) => ({
  namespace: database(node),
  name: `warehouse.analytics.${name}`,
  facets: {
    dataSource: of('1-0-1/DatasourceDatasetFacet.json', { name: database(node), uri: database(node) }),
    ...facets,
  },
})

function modelEvent(node: Node, eventType: 'START' | 'COMPLETE'): OpenLineageJson {
  const inputs = [1, 2, 3]
    .slice(node.number % 3)
    .map((step) => dataset(node, nameOf({ ...node, number: (node.number * 5 + step) % modelsPerProject }), {}))
  const fields = columnsOf(node.number, 4 + (node.number % 9)).map(({ name }) => ({
    ...{ name, description: `The ${name.replaceAll('_', ' ')} of an order` },
  }))
  const output = {
    ...dataset(node, nameOf(node), {
      schema: of('1-1-1/SchemaDatasetFacet.json', { fields }),
      documentation: of('1-1-0/DocumentationDatasetFacet.json', { description: `Orders, part ${node.number}` }),
    }),
    outputFacets:
      eventType === 'START'
        ? {}
        : {
            outputStatistics: of('1-0-2/OutputStatisticsOutputDatasetFacet.json', {
              rowCount: 1_000 + scattered(node.invocation * modelsPerProject + node.number, 9_000),
            }),
          },
  }
  const job = {
    name: modelJob(node),
    facets: {
      jobType: jobType('MODEL'),
      ...(eventType === 'START'
        ? {}
        : {
            sql: of('1-1-0/SQLJobFacet.json', {
              ...{
                dialect: 'postgres',
                query: `select o.*\nfrom stg_orders_${node.number} o\nwhere o.status <> 'void'`,
              },
            }),
          }),
    },
  }
  const run = { runId: modelRunId(node), facets: runFacets(node, invocationOf(node)) }
  return event(node, eventType, run, job, inputs, [output])
}

/** A statement that a model sends, which names no dataset. */
function statementEvent(node: Node, eventType: 'START' | 'COMPLETE', statement: number): OpenLineageJson {
  const run = {
    runId: uuidOf('dbt', node.project, node.number, node.invocation, 'sql', statement),
    facets: runFacets(node, { runId: modelRunId(node), name: modelJob(node) }),
  }
  const comment = `/* {"app": "dbt", "dbt_version": "1.11.16", "node_id": "model.shop_${node.project}.${nameOf(node)}"} */`
  const query = `${comment}\n${statement === 1 ? 'create table' : 'alter table'} "warehouse"."analytics"."${nameOf(node)}"`
  const job = {
    name: `${modelJob(node)}.sql.${statement}`,
    facets: { jobType: jobType('SQL'), sql: of('1-1-0/SQLJobFacet.json', { query, dialect: 'postgres' }) },
  }
  return event(node, eventType, run, job)
}

function testEvent(node: Node, eventType: 'START' | 'COMPLETE'): OpenLineageJson {
  const isSuccess = scattered(node.number + node.invocation, 40) !== 0
  const assertion = { assertion: 'not_null', column: 'id', success: isSuccess, severity: 'error' }
  const input = {
    ...dataset(node, nameOf(node), {}),
    inputFacets:
      eventType === 'START'
        ? {}
        : { dataQualityAssertions: of('1-0-1/DataQualityAssertionsDatasetFacet.json', { assertions: [assertion] }) },
  }
  const run = {
    runId: uuidOf('dbt', node.project, node.number, node.invocation, 'test'),
    facets: runFacets(node, invocationOf(node)),
  }
  const job = { name: `test.shop_${node.project}.not_null_${nameOf(node)}_id`, facets: { jobType: jobType('TEST') } }
  return event(node, eventType === 'START' ? 'START' : isSuccess ? 'COMPLETE' : 'FAIL', run, job, [input])
}
