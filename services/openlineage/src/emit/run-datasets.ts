import type { MaterializationEvent, OutputAsset } from '@headwater/schemas'
import type { FacetMap, OpenLineageDataset } from '../open-lineage-event.ts'
import { datasetOf } from './dataset-of.ts'
import { facetMap } from './facet-map.ts'
import { assertionsFacet } from './facets/assertions-facet.ts'
import { columnLineageFacet } from './facets/column-lineage-facet.ts'
import { lineageFacet, propertyFacets, schemaFacet } from './facets/dataset-facets.ts'
import { metadataFacet } from './facets/metadata-facet.ts'
import { outputMetricFacets } from './facets/metric-facets.ts'

type Datasets = { readonly inputs: readonly OpenLineageDataset[]; readonly outputs: readonly OpenLineageDataset[] }

/**
 * The datasets of a run. Own inputs of outputs are also listed among the inputs of the run, for servers without explicit lineage. Where
 * that adds inputs that not all outputs share, or where a server would narrow inputs by column lineage, every output gets a lineage facet.
 */
export function runDatasets({ inputs, outputs }: MaterializationEvent, producer: string): Datasets {
  const properties = new Map(inputs.map((input) => [input.key, input.properties]))
  const common = [...properties.keys()]
  const keys = new Set([...common, ...outputs.flatMap((output) => output.inputs ?? [])])
  const mayBeNarrowed = common.length > 0 && outputs.some(({ columnLineage }) => columnLineage.length > 0)
  const shared = mayBeNarrowed || keys.size > common.length ? common : undefined
  return {
    inputs: [...keys].map((key) => {
      const facets = facetMap('dataset', producer, propertyFacets(properties.get(key) ?? null))
      return withFacets(key, { facets })
    }),
    outputs: outputs.map((output) => outputOf(output, output.inputs ?? shared, producer)),
  }
}

function outputOf(output: OutputAsset, inputs: readonly string[] | undefined, producer: string): OpenLineageDataset {
  const facets = facetMap('dataset', producer, {
    ...propertyFacets(output.properties),
    schema: schemaFacet(output.schema),
    columnLineage: columnLineageFacet(output.columnLineage),
    lineage: inputs === undefined ? undefined : lineageFacet(inputs),
    dataQualityAssertions: assertionsFacet(output.checks),
    headwater_metadata: metadataFacet(output.metadata),
  })
  return withFacets(output.key, {
    facets,
    outputFacets: facetMap('output', producer, outputMetricFacets(output.metrics)),
  })
}

function withFacets(key: string, facets: Readonly<Record<string, FacetMap>>): OpenLineageDataset {
  const nonEmpty = Object.entries(facets).filter(([, map]) => Object.keys(map).length > 0)
  return { ...datasetOf(key), ...Object.fromEntries(nonEmpty) }
}
