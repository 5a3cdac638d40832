import type { LineagePaths } from '@headwater/api/contract'
import { lineageAnswer } from './lineage-answer.ts'

type Parts = Omit<Parameters<typeof lineageAnswer>[0], 'direction' | 'omitted'> &
  Partial<Pick<LineagePaths, 'paths' | 'more' | 'edgeChoice' | 'asOf'>>

/** Paths from the first key to the last. */
export function lineagePaths({ paths = [], more = false, keys, edges, ...parts }: Parts): LineagePaths {
  const {
    nodes,
    edges: list,
    knownAt,
    seenSince,
    asOf,
    edgeChoice,
    position,
    lagMs,
    completeness,
  } = lineageAnswer({ keys, edges })
  return {
    ...{ from: keys[0] ?? '', to: keys.at(-1) ?? '', paths, more, truncated: false },
    ...{ nodes, edges: list, knownAt, seenSince, asOf, edgeChoice, position, lagMs, completeness },
    ...parts,
  }
}
