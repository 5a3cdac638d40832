import type { Scope } from '@headwater/access'
import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'

/**
 * The scope that reporting an event needs, whichever way it comes in. Aliases of people, and prefixes that stand for others, change how
 * every key is resolved, so they need `admin`; the aliases of tools can be removed by people, and need `ingest`.
 */
export function neededScope({ type, event }: HeadwaterEvent): Extract<Scope, 'ingest' | 'admin'> {
  if (type !== 'AssetEvent') return 'ingest'
  const isAlias = event.change === 'ALIASED' || event.change === 'UNALIASED'
  return isAlias && !isOfTool(event) ? 'admin' : 'ingest'
}

const isOfTool = ({ aliasSource }: AssetEvent) => aliasSource === 'TABLE_SYMLINK' || aliasSource === 'SYMLINK'
