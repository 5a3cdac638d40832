import type { EdgeEvidence, LineageAnswer, LineageNode } from '@headwater/api/contract'

type Parts = {
  readonly keys: readonly string[]
  /** Ends are indexes into `keys`. */
  readonly edges: readonly (readonly [from: number, to: number, job?: string, evidence?: Partial<EdgeEvidence>])[]
} & Partial<Pick<LineageAnswer, 'direction' | 'omitted' | 'truncated'>>

/** An answer whose root is the first key. */
export function lineageAnswer({ keys, edges, ...parts }: Parts, nodes: Partial<LineageNode>[] = []): LineageAnswer {
  const time = '2026-01-15T12:00:00.000Z'
  return {
    root: keys[0] ?? '',
    direction: 'both',
    depth: 3,
    edgeChoice: 'current',
    seenSince: null,
    asOf: null,
    knownAt: null,
    truncated: false,
    omitted: [],
    position: 't:0:1',
    lagMs: 0,
    completeness: { complete: true, missingRecords: 0, gaps: [] },
    ...parts,
    nodes: keys.map((key, id) => ({
      id,
      depth: id === 0 ? 0 : 1,
      readsItself: false,
      key,
      platform: 's3',
      name: null,
      owners: [],
      ownersFrom: null,
      firstSeen: time,
      lastSeen: time,
      lastState: 'SUCCEEDED',
      lastEndedAt: time,
      lastSuccessAt: time,
      health: 'HEALTHY',
      dropped: false,
      ...nodes[id],
    })),
    edges: edges.map(([from, to, job = 'load', evidence]) => ({
      from,
      to,
      jobs: job.split(' ').map((jobName) => ({
        jobNamespace: 'shop',
        jobName,
        runId: 'r',
        assertion: 'run',
        firstSeen: time,
        lastSeen: time,
        runs: 1,
        failedRuns: 0,
        current: true,
        ...evidence,
      })),
    })),
  }
}
