import type { AssetProperties, Column } from '@headwater/schemas'
import { datasetOf } from '../dataset-of.ts'

// Each returns undefined for null, so that `facetMap` leaves the facet out.

export const documentation = (description: string | null): object | undefined =>
  description === null ? undefined : { description, contentType: 'text/markdown' }

export const ownership = (owners: readonly string[] | null): object | undefined =>
  owners === null ? undefined : { owners: owners.map((name) => ({ name })) }

export const tagsFacet = (tags: readonly string[] | null): object | undefined =>
  tags === null ? undefined : { tags: tags.map((key) => ({ key, value: 'true' })) }

export const schemaFacet = (columns: readonly Column[] | null): object | undefined =>
  columns === null
    ? undefined
    : {
        fields: columns.map(({ name, type, description }) => ({
          name,
          ...(type === null ? {} : { type }),
          ...(description === null ? {} : { description }),
        })),
      }

/** The properties of an asset as facets by name. */
export function propertyFacets(properties: AssetProperties | null): Readonly<Record<string, object | undefined>> {
  if (properties === null) return {}
  const { name, description, url, owners } = properties
  const asset = { ...(name === null ? {} : { name }), ...(url === null ? {} : { url }) }
  return {
    documentation: documentation(description),
    ownership: ownership(owners),
    headwater_asset: Object.keys(asset).length === 0 ? undefined : asset,
  }
}

/** Explicit lineage: the assets that an asset is made from. An empty list means no upstream. */
export const lineageFacet = (keys: readonly string[]): { readonly inputs: readonly object[] } => ({
  inputs: keys.map((key) => ({ ...datasetOf(key), type: 'DATASET' })),
})
