import { own, ownText } from '../../text/own-properties.ts'
import { wellFormed } from '../../text/well-formed.ts'

export type Transformation = {
  readonly kind: string | null
  readonly transformation: string | null
  readonly masking: boolean | null
  readonly description: string | null
}

const unknown: Transformation = { kind: null, transformation: null, masking: null, description: null }

/** How a field is made of another: one entry a transformation, and one that says nothing when none is named. */
export function readTransformations(field: unknown): readonly Transformation[] {
  const list = own(field, 'transformations')
  if (!Array.isArray(list) || list.length === 0) return [unknown]
  return list.map((entry) => {
    const masking = own(entry, 'masking')
    return {
      kind: ownText(entry, 'type')?.toUpperCase() ?? null,
      transformation: textOrNull(entry, 'subtype'),
      masking: typeof masking === 'boolean' ? masking : null,
      description: textOrNull(entry, 'description'),
    }
  })
}

export function textOrNull(value: unknown, name: string): string | null {
  const text = ownText(value, name)
  return text === undefined ? null : wellFormed(text)
}
