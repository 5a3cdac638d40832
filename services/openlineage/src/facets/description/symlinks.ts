import type { AliasSource } from '@headwater/schemas'
import { hasOnly, own, ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'
import { listReading } from '../list-reading.ts'

export type Symlink = { readonly namespace: string; readonly name: string; readonly source: AliasSource }

/** Other names by which the client knows the dataset. */
export const readSymlinks: FacetReader<readonly Symlink[]> = (facet) =>
  listReading(own(facet, 'identifiers'), (identifier) => {
    const namespace = ownText(identifier, 'namespace')
    const name = ownText(identifier, 'name')
    if (namespace === undefined || name === undefined) return undefined
    const isTable = ownText(identifier, 'type')?.toUpperCase() === 'TABLE'
    return {
      value: { namespace, name, source: isTable ? 'TABLE_SYMLINK' : 'SYMLINK' },
      isAll: isTable && hasOnly(identifier, ['namespace', 'name', 'type']),
    }
  })
