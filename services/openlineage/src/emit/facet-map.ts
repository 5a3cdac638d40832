import type { FacetMap } from '../open-lineage-event.ts'

export type FacetHolder = 'run' | 'job' | 'dataset' | 'input' | 'output'

const core = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs'
const holderSchemas: Readonly<Record<FacetHolder, string>> = {
  run: `${core}/RunFacet`,
  job: `${core}/JobFacet`,
  dataset: `${core}/DatasetFacet`,
  input: `${core}/InputDatasetFacet`,
  output: `${core}/OutputDatasetFacet`,
}
const facetSchemas: Readonly<Record<string, string>> = {
  'run.errorMessage': facetSchema('1-0-1/ErrorMessageRunFacet'),
  'run.nominalTime': facetSchema('1-0-1/NominalTimeRunFacet'),
  'run.parent': facetSchema('1-2-0/ParentRunFacet'),
  'job.documentation': facetSchema('1-1-0/DocumentationJobFacet'),
  'job.jobType': facetSchema('2-0-4/JobTypeJobFacet'),
  'job.lineage': facetSchema('1-0-0/LineageFacet', 'LineageJobFacet'),
  'job.ownership': facetSchema('1-0-1/OwnershipJobFacet'),
  'job.tags': facetSchema('1-0-0/TagsJobFacet'),
  'dataset.columnLineage': facetSchema('1-2-0/ColumnLineageDatasetFacet'),
  'dataset.dataQualityAssertions': facetSchema('1-1-0/DataQualityAssertionsDatasetFacet'),
  'dataset.dataQualityMetrics': facetSchema('1-0-0/DataQualityMetricsDatasetFacet'),
  'dataset.documentation': facetSchema('1-1-0/DocumentationDatasetFacet'),
  'dataset.lifecycleStateChange': facetSchema('1-0-1/LifecycleStateChangeDatasetFacet'),
  'dataset.lineage': facetSchema('1-0-0/LineageFacet', 'LineageDatasetFacet'),
  'dataset.ownership': facetSchema('1-0-1/OwnershipDatasetFacet'),
  'dataset.schema': facetSchema('1-2-0/SchemaDatasetFacet'),
  'dataset.symlinks': facetSchema('1-0-1/SymlinksDatasetFacet'),
  'dataset.tags': facetSchema('1-0-0/TagsDatasetFacet'),
  'output.outputStatistics': facetSchema('1-0-2/OutputStatisticsOutputDatasetFacet'),
}

function facetSchema(path: string, definition = path.slice(path.indexOf('/') + 1)): string {
  return `https://openlineage.io/spec/facets/${path}.json#/$defs/${definition}`
}

/** Adds `_producer` and `_schemaURL` to facets and leaves undefined ones out. Facets outside of the specification are named `headwater_…`. */
export function facetMap(
  holder: FacetHolder,
  producer: string,
  facets: Readonly<Record<string, object | undefined>>,
): FacetMap {
  const defined = Object.entries(facets).filter((entry): entry is [string, object] => entry[1] !== undefined)
  return Object.fromEntries(
    defined.map(([name, facet]) => {
      const schema = facetSchemas[`${holder}.${name}`] ?? holderSchemas[holder]
      return [name, { _producer: producer, _schemaURL: schema, ...facet }]
    }),
  )
}
