import type { AliasSource } from '@headwater/schemas'
import { hasOnly, ownProperty, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'
import { readList } from '../read-list.ts'

export type Symlink = { readonly namespace: string; readonly name: string; readonly source: AliasSource }

/** Alternative names of the dataset. */
export const readSymlinks: FacetReader<readonly Symlink[]> = (facet) =>
  readList(ownProperty(facet, 'identifiers'), (identifier) => {
    const namespace = ownText(identifier, 'namespace')
    const name = ownText(identifier, 'name')
    if (namespace === undefined || name === undefined) return undefined
    const isTable = ownText(identifier, 'type')?.toUpperCase() === 'TABLE'
    return {
      value: { namespace, name, source: isTable ? 'TABLE_SYMLINK' : 'SYMLINK' },
      isComplete: isTable && hasOnly(identifier, ['namespace', 'name', 'type']),
    }
  })
