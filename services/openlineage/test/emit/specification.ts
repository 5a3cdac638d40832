import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FacetMap, OpenLineageDataset, OpenLineageEvent } from '../../src/open-lineage-event.ts'

// Schemas of the events and facets that the mapping emits, written after OpenLineage's specification (https://openlineage.io/spec, core
// 2-0-2). Stricter than the specification, which allows any property everywhere: here only its properties are allowed.

type Schema = Readonly<Record<string, unknown>>
type Properties = Readonly<Record<string, Schema>>

const text: Schema = { type: 'string' }
const uri: Schema = { type: 'string', format: 'uri' }
const uuid: Schema = { type: 'string', format: 'uuid' }
const time: Schema = { type: 'string', format: 'date-time' }
const flag: Schema = { type: 'boolean' }
const count: Schema = { type: 'integer', minimum: 0 }
const oneOf = (...values: string[]): Schema => ({ enum: values })
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values })
const object = (required: Properties, optional: Properties = {}): Schema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
})

const facet = (required: Properties, optional: Properties = {}, isDeletable = true): Schema =>
  object({ _producer: uri, _schemaURL: uri, ...required }, { ...optional, ...(isDeletable ? { _deleted: flag } : {}) })
const runFacet = (required: Properties, optional: Properties = {}) => facet(required, optional, false)
/** A facet outside of the specification: any properties beside those of every facet. */
const customFacet: Schema = { ...facet({}), additionalProperties: true }

const name = { namespace: text, name: text }
const reference = { run: object({ runId: uuid }), job: object(name) }
const transformation = object({ type: text }, { subtype: text, description: text, masking: flag })
const inputField = object({ ...name, field: text }, { transformations: listOf(transformation) })
const lineageInput = object({ ...name, type: oneOf('DATASET') })
const column = object({ name: text }, { type: text, description: text })
const assertion = object(
  { assertion: text, success: flag },
  { column: text, severity: oneOf('warn', 'error'), expected: text, actual: text, description: text },
)
const documentation = facet({ description: text }, { contentType: text })
const ownership = facet({ owners: listOf(object({ name: text })) })
const tags = facet({ tags: listOf(object({ key: text, value: text })) })
const changes = oneOf('ALTER', 'CREATE', 'DROP', 'OVERWRITE', 'RENAME', 'TRUNCATE')

const spec = 'https://openlineage.io/spec'
const core = `${spec}/2-0-2/OpenLineage.json#/$defs`
const facetUrl = (path: string, definition = path.slice(path.indexOf('/') + 1)) =>
  `${spec}/facets/${path}.json#/$defs/${definition}`

/** By `_schemaURL`. */
const facetSchemas: Readonly<Record<string, Schema>> = {
  [facetUrl('1-0-1/ErrorMessageRunFacet')]: runFacet({ message: text, programmingLanguage: text }),
  [facetUrl('1-0-1/NominalTimeRunFacet')]: runFacet({ nominalStartTime: time }, { nominalEndTime: time }),
  [facetUrl('1-2-0/ParentRunFacet')]: runFacet(reference, { root: object(reference) }),
  [facetUrl('1-1-0/DocumentationJobFacet')]: documentation,
  [facetUrl('1-1-0/DocumentationDatasetFacet')]: documentation,
  [facetUrl('2-0-4/JobTypeJobFacet')]: facet({ processingType: text, integration: text }, { jobType: text }),
  [facetUrl('1-0-1/OwnershipJobFacet')]: ownership,
  [facetUrl('1-0-1/OwnershipDatasetFacet')]: ownership,
  [facetUrl('1-0-0/TagsJobFacet')]: tags,
  [facetUrl('1-0-0/TagsDatasetFacet')]: tags,
  [facetUrl('1-0-0/LineageFacet', 'LineageJobFacet')]: facet({
    entries: listOf(object({ ...name, type: oneOf('DATASET'), inputs: listOf(lineageInput) })),
  }),
  [facetUrl('1-0-0/LineageFacet', 'LineageDatasetFacet')]: facet({ inputs: listOf(lineageInput) }),
  [facetUrl('1-2-0/ColumnLineageDatasetFacet')]: facet(
    { fields: mapOf(object({ inputFields: listOf(inputField) })) },
    { dataset: listOf(inputField) },
  ),
  [facetUrl('1-1-0/DataQualityAssertionsDatasetFacet')]: facet({ assertions: listOf(assertion) }),
  [facetUrl('1-0-0/DataQualityMetricsDatasetFacet')]: facet(
    { columnMetrics: mapOf({ type: 'object' }) },
    { rowCount: count, bytes: count, fileCount: count },
  ),
  [facetUrl('1-0-1/LifecycleStateChangeDatasetFacet')]: facet(
    { lifecycleStateChange: changes },
    { previousIdentifier: object(name) },
  ),
  [facetUrl('1-2-0/SchemaDatasetFacet')]: facet({ fields: listOf(column) }),
  [facetUrl('1-0-1/SymlinksDatasetFacet')]: facet({ identifiers: listOf(object({ ...name, type: text })) }),
  [facetUrl('1-0-2/OutputStatisticsOutputDatasetFacet')]: runFacet(
    {},
    { rowCount: count, size: count, fileCount: count },
  ),
  ...Object.fromEntries(
    ['Run', 'Job', 'Dataset', 'InputDataset', 'OutputDataset'].map((kind) => [`${core}/${kind}Facet`, customFacet]),
  ),
}

const facets: Schema = mapOf({ type: 'object', required: ['_producer', '_schemaURL'] })
const job = object(name, { facets })
const dataset = object(name, { facets })
const datasets = {
  inputs: listOf(object(name, { facets, inputFacets: facets })),
  outputs: listOf(object(name, { facets, outputFacets: facets })),
}
const header = { eventTime: time, producer: uri, schemaURL: uri }

/** By `schemaURL`. */
const eventSchemas: Readonly<Record<string, Schema>> = {
  [`${core}/RunEvent`]: object(
    { ...header, run: object({ runId: uuid }, { facets }), job },
    { ...datasets, eventType: oneOf('START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER') },
  ),
  [`${core}/JobEvent`]: object({ ...header, job }, datasets),
  [`${core}/DatasetEvent`]: object({ ...header, dataset }),
}

const ajv = addFormats.default(new Ajv2020({ allErrors: true }))
const compiled = (schemas: Readonly<Record<string, Schema>>): ReadonlyMap<string, ValidateFunction> =>
  new Map(Object.entries(schemas).map(([url, schema]) => [url, ajv.compile(schema)]))
const [eventValidators, facetValidators] = [compiled(eventSchemas), compiled(facetSchemas)]

/** All violations of the specification in an event and its facets, each with the URL of the schema. */
export function violations(event: OpenLineageEvent): readonly string[] {
  return [
    ...violationsOf(eventValidators, event.schemaURL, event),
    ...facetsOf(event).flatMap(({ facet: found, name: facetName }) => {
      const url = (found as { _schemaURL?: unknown })._schemaURL
      const isCustom = url === undefined || String(url).startsWith(core)
      return isCustom && !facetName.startsWith('headwater_')
        ? [`${facetName}: a facet of the specification without its own schema`]
        : violationsOf(facetValidators, url, found)
    }),
  ]
}

function violationsOf(validators: ReadonlyMap<string, ValidateFunction>, url: unknown, value: unknown) {
  const validate = validators.get(String(url))
  if (validate === undefined) return [`unknown schema ${url}`]
  return validate(value) ? [] : [`${url}: ${ajv.errorsText(validate.errors)}`]
}

/** Every facet anywhere in an event. */
export function facetsOf(event: OpenLineageEvent): readonly { readonly name: string; readonly facet: unknown }[] {
  const of = (map: FacetMap | undefined) =>
    Object.entries(map ?? {}).map(([facetName, found]) => ({ name: facetName, facet: found }))
  const ofDataset = (found: OpenLineageDataset) => [
    ...of(found.facets),
    ...of(found.inputFacets),
    ...of(found.outputFacets),
  ]
  if ('dataset' in event) return ofDataset(event.dataset)
  const ofDatasets = [...(event.inputs ?? []), ...(event.outputs ?? [])].flatMap(ofDataset)
  return [...ofDatasets, ...of(event.job.facets), ...('run' in event ? of(event.run.facets) : [])]
}
