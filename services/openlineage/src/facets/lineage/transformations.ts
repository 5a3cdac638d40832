import { ownProperty, ownText, ownTextOrNull } from '../../text/own-properties.ts'

export type Transformation = {
  readonly kind: string | null
  readonly transformation: string | null
  readonly masking: boolean | null
  readonly description: string | null
}

const unknown: Transformation = { kind: null, transformation: null, masking: null, description: null }

/** How a column comes from another: one entry for each transformation, and a single `unknown` entry where none is named. */
export function readTransformations(field: unknown): readonly Transformation[] {
  const list = ownProperty(field, 'transformations')
  if (!Array.isArray(list) || list.length === 0) return [unknown]
  return list.map((entry) => {
    const masking = ownProperty(entry, 'masking')
    return {
      kind: ownText(entry, 'type')?.toUpperCase() ?? null,
      transformation: ownTextOrNull(entry, 'subtype'),
      masking: typeof masking === 'boolean' ? masking : null,
      description: ownTextOrNull(entry, 'description'),
    }
  })
}
