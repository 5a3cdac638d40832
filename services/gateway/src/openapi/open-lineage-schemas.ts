import { Type } from 'typebox'

// What the gateway requires of OpenLineage events, for the OpenAPI document. The specification itself is linked, not referenced, as few
// tools load schemas from another host.

const specification = {
  description: 'OpenLineage 2-0-2',
  url: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
}

const name = (description: string) => Type.String({ minLength: 1, description })
// A member that is null counts as missing.
const orNull = (schema: object) => Type.Unsafe({ anyOf: [schema, { type: 'null' }] })
const FacetMap = orNull(
  Type.Record(Type.String(), Type.Unknown(), { description: 'Facets by name; a malformed one is kept as metadata' }),
)
const optionalFacets = { facets: Type.Optional(FacetMap) }

const Dataset = Type.Object(
  { namespace: name('Namespace of the dataset'), name: name('Name of the dataset'), ...optionalFacets },
  { additionalProperties: true },
)
const Input = Type.Object(
  { ...Dataset.properties, inputFacets: Type.Optional(FacetMap) },
  { additionalProperties: true },
)
const Output = Type.Object(
  { ...Dataset.properties, outputFacets: Type.Optional(FacetMap) },
  { additionalProperties: true },
)

const header = {
  eventTime: Type.String({
    format: 'date-time',
    pattern: '^(?:19[7-9][0-9]|2[01][0-9]{2}|22[0-7][0-9]|228[0-5])-',
    description: 'From 1970 to 2285',
  }),
  producer: Type.Optional(orNull(Type.String({ description: 'URI of the code that sent the event' }))),
  schemaURL: Type.Optional(orNull(Type.String())),
}
const job = Type.Object(
  { namespace: name('Namespace of the job'), name: name('Name of the job'), ...optionalFacets },
  { additionalProperties: true },
)
const datasets = {
  inputs: Type.Optional(orNull(Type.Array(Input))),
  outputs: Type.Optional(orNull(Type.Array(Output))),
}

const RunEvent = Type.Object(
  {
    ...header,
    eventType: Type.Optional(
      orNull(
        Type.String({ description: 'START, RUNNING, COMPLETE, ABORT, FAIL or OTHER; any other text counts as OTHER' }),
      ),
    ),
    run: Type.Object(
      {
        runId: Type.String({ minLength: 1, maxLength: 1_024, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]+$' }),
        ...optionalFacets,
      },
      { additionalProperties: true },
    ),
    job,
    ...datasets,
  },
  { additionalProperties: true, description: 'An observation of a run' },
)
const JobEvent = Type.Object(
  { ...header, job, ...datasets },
  { additionalProperties: true, description: 'Facts about a job outside its runs' },
)
const DatasetEvent = Type.Object(
  { ...header, dataset: Dataset },
  { additionalProperties: true, description: 'Facts about a dataset outside jobs' },
)

const reference = (schema: string) => ({ $ref: `#/components/schemas/${schema}` })

export const openLineageSchemas = {
  OpenLineageEvent: {
    anyOf: ['OpenLineageRunEvent', 'OpenLineageJobEvent', 'OpenLineageDatasetEvent'].map(reference),
    description:
      'An OpenLineage event; its kind follows from which of run, job and dataset it has. For the mapping and the accepted deviations see docs/openlineage.md',
    externalDocs: specification,
  },
  OpenLineageRunEvent: RunEvent,
  OpenLineageJobEvent: JobEvent,
  OpenLineageDatasetEvent: DatasetEvent,
}
