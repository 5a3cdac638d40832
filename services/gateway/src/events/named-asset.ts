import { Type } from 'typebox'

/** How a request names an asset. */
export const NamedAsset = Type.Union([
  Type.String(),
  Type.Object({ namespace: Type.String({ minLength: 1 }), name: Type.String({ minLength: 1 }) }),
])
