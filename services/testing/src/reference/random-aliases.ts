import type { RecordedEvent } from '@headwater/lineage'
import type { AliasSource } from '@headwater/schemas'
import fc from 'fast-check'
import { buildAssetEvent, noon } from '../events/build-event.ts'

const sources: readonly AliasSource[] = ['DECLARED', 'DECLARED', 'TABLE_SYMLINK', 'SYMLINK', 'SYMLINK', 'AUTHORITY']
const statement = fc.record({
  kind: fc.constantFrom('aliased', 'aliased', 'aliased', 'unaliased', 'renamed'),
  source: fc.constantFrom(...sources),
  asset: fc.nat(4),
  alias: fc.nat(4),
  second: fc.nat(12),
})

/** Random events that add and remove aliases of the keys of `randomWorld`, by all sources, and rename them. */
export const randomAliases = (prefix: string): fc.Arbitrary<readonly RecordedEvent[]> =>
  fc.array(statement, { maxLength: 4 }).map((statements) =>
    statements
      // Authority rules lead to a lower key only, so that they have no loops.
      .filter(
        ({ asset, alias, source, kind }) =>
          asset !== alias && (kind === 'renamed' || source !== 'AUTHORITY' || asset < alias),
      )
      .map(({ kind, source, asset, alias, second }) => {
        const at = noon + second * 1_000
        const [key, other] = [`s3://${prefix}/a${asset}`, `s3://${prefix}/a${alias}`]
        const change = kind === 'aliased' ? ('ALIASED' as const) : ('UNALIASED' as const)
        const event =
          kind === 'renamed'
            ? buildAssetEvent({ key: other, change: 'RENAMED', renamedTo: key, occurredAt: at })
            : buildAssetEvent({ key, change, alias: other, aliasSource: source, occurredAt: at })
        return { event, recordedAt: at }
      }),
  )
