import type { AliasSource } from '@headwater/lineage'
import type { AssetEvent } from '@headwater/schemas'
import { facetFacts } from './facet-facts.ts'
import type { FacetFact, Statements } from './statements.ts'

/** Adds what an event states about an asset outside the runs that write it. @returns the assets it names */
export function foldAssetEvent(event: AssetEvent, statements: Statements): readonly string[] {
  for (const fact of factsOf(event)) statements.addAssetFact(event.key, fact)
  addAlias(event, statements)
  return isOfAuthority(event) ? [] : [event.key] // the beginning of keys that an authority is names no asset
}

function factsOf(event: AssetEvent): readonly FacetFact[] {
  switch (event.change) {
    case 'DESCRIBED':
      return [only('properties', event.properties)]
    case 'OWNED':
      return [only('owners', event.owners)]
    case 'TAGGED':
      return [only('tags', event.tags)]
    case 'POLICY_SET':
      return [only('policy', event.policy)]
    case 'RENAMED':
      return [only('renamed', event.renamedTo)]
    case 'DROPPED':
      return [only('dropped', true)]
    case 'STATED':
      return stated(event)
    case 'ALIASED':
    case 'UNALIASED':
    case 'UNKNOWN':
      return []
    default:
      return event.change satisfies never
  }
}

const only = (facet: string, value: unknown): FacetFact => ({ facet, subject: '', value: JSON.stringify(value) })

const stated = (event: AssetEvent): readonly FacetFact[] => [
  ...facetFacts(
    { description: event.description, owners: event.owners, tags: event.tags, schema: event.schema },
    event,
  ),
  ...Object.entries(event.metrics).map(([subject, value]) => ({ ...only('metric', value), subject })),
]

const sources = {
  DECLARED: 'declared',
  AUTHORITY: 'authority',
  TABLE_SYMLINK: 'table_symlink',
  SYMLINK: 'symlink',
} as const satisfies Record<AssetEvent['aliasSource'], AliasSource>

const isAlias = ({ change }: AssetEvent) => change === 'ALIASED' || change === 'UNALIASED'
const isOfAuthority = (event: AssetEvent) => isAlias(event) && event.aliasSource === 'AUTHORITY'

function addAlias(event: AssetEvent, statements: Statements): void {
  const { key, change, alias, renamedTo, aliasSource } = event
  if (change === 'RENAMED' && renamedTo !== null) statements.addAlias(renamedTo, key, 'renamed', true)
  if (isAlias(event) && alias !== null) statements.addAlias(key, alias, sources[aliasSource], change === 'ALIASED')
}
