import { type Static, Type } from 'typebox'

/** How a request names an asset: by its key, or by OpenLineage namespace and name. */
export const NamedAsset = Type.Union([
  Type.String(),
  Type.Object({ namespace: Type.String({ minLength: 1 }), name: Type.String({ minLength: 1 }) }),
])
export type NamedAsset = Static<typeof NamedAsset>
