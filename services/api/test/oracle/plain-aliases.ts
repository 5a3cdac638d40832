import { type AliasIndex, compareKeys } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import type { ReferenceAliases } from '@headwater/testing/events'
import { iso } from './run-answers.ts'

const ranks = ['declared', 'authority', 'table_symlink', 'renamed', 'symlink']

/** The aliases of the reference, in the form of the catalog's index. */
export function plainAliases(events: readonly HeadwaterEvent[], { canonical, accepted }: ReferenceAliases) {
  const keysOf = (key: string) => {
    const asset = canonical(key)
    const others = [...keysIn(events)].filter((other) => other !== asset && canonical(other) === asset)
    return [asset, ...others.sort()]
  }
  const membersOf = (key: string) =>
    keysOf(key)
      .slice(1)
      .map((member) => {
        const [strongest] = accepted
          .filter(({ asset, alias }) => asset === member || alias === member)
          .sort((a, b) => ranks.indexOf(a.source) - ranks.indexOf(b.source) || b.at - a.at)
        return { key: member, source: strongest!.source as 'declared', since: iso(strongest!.at) }
      })
  const index = {
    canonical,
    keysOf,
    groupOf: () => undefined,
    refused: [],
    refusedRules: [],
    rewrite: (key: string) => key,
  }
  return { keysOf, membersOf, index: { ...index, rules: [], groups: [], isEmpty: false } as unknown as AliasIndex }
}

function keysIn(events: readonly HeadwaterEvent[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { type, event } of events) {
    if (type === 'AssetEvent' || type === 'CheckEvent') keys.add(event.key)
    if (type === 'AssetEvent') for (const key of [event.alias, event.renamedTo]) if (key !== null) keys.add(key)
    if (type !== 'MaterializationEvent') continue
    for (const { key } of event.inputs) keys.add(key)
    for (const output of event.outputs) for (const key of [output.key, ...(output.inputs ?? [])]) keys.add(key)
  }
  return new Set([...keys].sort(compareKeys))
}
