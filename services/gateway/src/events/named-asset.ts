import { Type } from 'typebox'

/** An asset as requests name it. */
export const NamedAsset = Type.Union([
  Type.String(),
  Type.Object({ namespace: Type.String({ minLength: 1 }), name: Type.String({ minLength: 1 }) }),
])
