import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FacetMap, OpenLineageDataset, OpenLineageEvent } from '../../src/open-lineage-event.ts'

const folder = new URL('../../../../../shared/fixtures/openlineage/spec/', import.meta.url)

/** OpenLineage's own JSON Schemas, where they lie beside the project. */
export const hasOfficialSchemas = existsSync(folder)

type Schema = { readonly $id: string }

/** What the specification's schemas find wrong with an event and its facets. */
export function officialProblems(): (event: OpenLineageEvent) => readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  addFormats.default(ajv)
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as Schema
  ajv.addSchema(read('OpenLineage.json'))
  for (const file of readdirSync(new URL('facets/', folder))) {
    if (file.endsWith('.json')) ajv.addSchema(read(`facets/${file}`))
  }
  const problemsBy = (schema: string, value: unknown): readonly string[] => {
    const validate = ajv.getSchema(schema)
    if (validate === undefined) return [`There is no schema ${schema}`]
    return validate(value) ? [] : [`${schema}: ${ajv.errorsText(validate.errors)}`]
  }
  const core = 'https://openlineage.io/spec/2-0-2/OpenLineage.json'
  return (event) => [
    ...problemsBy(core, event),
    ...problemsBy(String(event.schemaURL), event),
    ...facetsOf(event).flatMap((facet) => problemsBy(String((facet as { _schemaURL?: unknown })._schemaURL), facet)),
  ]
}

/** Every facet anywhere in an event. */
export function facetsOf(event: OpenLineageEvent): readonly unknown[] {
  const of = (map: FacetMap | undefined) => Object.values(map ?? {})
  const ofDataset = ({ facets, inputFacets, outputFacets }: OpenLineageDataset) => [
    ...of(facets),
    ...of(inputFacets),
    ...of(outputFacets),
  ]
  if ('dataset' in event) return ofDataset(event.dataset)
  const datasets = [...(event.inputs ?? []), ...(event.outputs ?? [])].flatMap(ofDataset)
  return [...datasets, ...of(event.job.facets), ...('run' in event ? of(event.run.facets) : [])]
}
