import type { HeadwaterEvent, MaterializationEvent } from '@headwater/schemas'
import type { Transport } from './transport.ts'

/** An edge from an upstream asset to a downstream asset, through a job. */
export type SeenEdge = { readonly from: string; readonly to: string; readonly job: string }

/** Keeps events in memory, for tests. Read it after `await producer.flush()`. */
export interface MemoryTransport extends Transport {
  readonly events: readonly HeadwaterEvent[]
  /** The events of runs in the order sent; of one job only, where `job` is given. */
  runs(job?: string): readonly MaterializationEvent[]
  /** The edges of successful runs; sorted, each once. */
  edges(): readonly SeenEdge[]
  /** Sorted keys of the direct upstreams of an asset. */
  upstreamsOf(key: string): readonly string[]
  /** Forgets all events. */
  clear(): void
}

/**
 * A transport for tests.
 * @example
 * const transport = memoryTransport()
 * const { materialize, flush } = createProducer({ namespace: 'test', transport })
 * await materialize('s3://a/report', async () => writeReport())()
 * await flush()
 * expect(transport.upstreamsOf('s3://a/report')).toEqual([])
 */
export function memoryTransport(): MemoryTransport {
  const events: HeadwaterEvent[] = []
  const runs = (job?: string) =>
    events.flatMap(({ type, event }) =>
      type === 'MaterializationEvent' && (job === undefined || event.job.name === job) ? [event] : [],
    )
  const edges = () => edgesOf(runs().filter(({ state }) => state === 'SUCCEEDED'))
  return {
    events,
    runs,
    edges,
    upstreamsOf: (key) => [...new Set(edges().flatMap(({ from, to }) => (to === key ? [from] : [])))],
    clear: () => void events.splice(0),
    send: async (batch) => void events.push(...batch),
    close: async () => {},
  }
}

function edgesOf(runs: readonly MaterializationEvent[]): readonly SeenEdge[] {
  const edges = new Map<string, SeenEdge>()
  for (const { job, inputs, outputs } of runs) {
    for (const output of outputs) {
      for (const from of output.inputs ?? inputs.map(({ key }) => key)) {
        edges.set([from, output.key, job.name].join('\n'), { from, to: output.key, job: job.name })
      }
    }
  }
  return [...edges].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, edge]) => edge)
}
