import { ownProperty, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

export type Lifecycle = {
  /** ALTER, CREATE, DROP, OVERWRITE, RENAME or TRUNCATE. */
  readonly change: string
  /** With RENAME: the old name of the dataset. */
  readonly previous: { readonly namespace: string; readonly name: string } | undefined
}

/** A change to the dataset as a whole. The facet is always kept. */
export const readLifecycle: FacetReader<Lifecycle> = (facet) => {
  const change = ownText(facet, 'lifecycleStateChange')?.toUpperCase()
  if (change === undefined) return undefined
  const before = ownProperty(facet, 'previousIdentifier')
  const namespace = ownText(before, 'namespace')
  const name = ownText(before, 'name')
  const previous = namespace === undefined || name === undefined ? undefined : { namespace, name }
  return { value: { change, previous }, keep: before !== undefined && previous === undefined ? 'malformed' : 'facet' }
}
