import { own, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

export type Lifecycle = {
  /** ALTER, CREATE, DROP, OVERWRITE, RENAME or TRUNCATE. */
  readonly change: string
  /** With RENAME: what the dataset was called. */
  readonly previous: { readonly namespace: string; readonly name: string } | undefined
}

/** What was done to the dataset as a whole. The facet is always kept too. */
export const readLifecycle: FacetReader<Lifecycle> = (facet) => {
  const change = ownText(facet, 'lifecycleStateChange')?.toUpperCase()
  if (change === undefined) return undefined
  const before = own(facet, 'previousIdentifier')
  const namespace = ownText(before, 'namespace')
  const name = ownText(before, 'name')
  const previous = namespace === undefined || name === undefined ? undefined : { namespace, name }
  return { value: { change, previous }, keep: before !== undefined && previous === undefined ? 'malformed' : 'facet' }
}
