import { createHash } from 'node:crypto'
import type { JsonProblem } from '@headwater/lineage'
import type { HeadwaterEvent } from '@headwater/schemas'

// Stands in for @headwater/openlineage.
type DatasetName = { readonly namespace: string; readonly name: string }
export type OpenLineageEvent = {
  readonly eventTime: string
  readonly eventType?: string
  readonly producer: string
  readonly run: { readonly runId: string }
  readonly job: DatasetName
  readonly inputs?: readonly DatasetName[]
  readonly outputs?: readonly DatasetName[]
}
export type MappingOptions = { readonly trim?: never }

const states = { START: 'STARTED', COMPLETE: 'SUCCEEDED', FAIL: 'FAILED', ABORT: 'ABORTED' } as const

export function readOpenLineageEvent(
  value: unknown,
): { readonly event: OpenLineageEvent } | { readonly problems: readonly JsonProblem[] } {
  const problems: JsonProblem[] = []
  const at = (object: unknown, name: string) => (object as Record<string, unknown> | null | undefined)?.[name]
  const text = (path: readonly string[]) => {
    if (typeof path.reduce<unknown>(at, value) !== 'string')
      problems.push({ pointer: `/${path.join('/')}`, detail: 'must be a text' })
  }
  for (const path of ['eventTime', 'run/runId', 'job/namespace', 'job/name']) text(path.split('/'))
  if (typeof at(value, 'eventTime') === 'string' && Number.isNaN(Date.parse(String(at(value, 'eventTime'))))) {
    problems.push({ pointer: '/eventTime', detail: 'must be a time' })
  }
  for (const side of ['inputs', 'outputs']) {
    const datasets = at(value, side)
    if (datasets === undefined || datasets === null) continue
    if (!Array.isArray(datasets)) problems.push({ pointer: `/${side}`, detail: 'must be an array' })
    else
      for (const index of datasets.keys()) for (const name of ['namespace', 'name']) text([side, String(index), name])
  }
  return problems.length > 0 ? { problems } : { event: value as OpenLineageEvent }
}

export function headwaterEventsOf(event: OpenLineageEvent, _options: MappingOptions): readonly HeadwaterEvent[] {
  const hex = createHash('sha256').update(JSON.stringify(event)).digest('hex')
  const eventId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  const key = ({ namespace, name }: DatasetName) => `${namespace}/${name}`.replace(/[^\w./:-]/g, '_')
  const state = states[event.eventType as keyof typeof states] ?? 'RUNNING'
  return [
    {
      type: 'MaterializationEvent',
      event: {
        ...{ eventId, occurredAt: Date.parse(event.eventTime), producer: String(event.producer) },
        ...{ runId: event.run.runId, state, job: { namespace: event.job.namespace, name: event.job.name, type: null } },
        inputs: (event.inputs ?? []).map((input) => ({ key: key(input), properties: null })),
        outputs: (event.outputs ?? []).map((output) => ({
          ...{ key: key(output), inputs: null, properties: null, metadata: {}, metrics: {}, schema: null },
          ...{ columnLineage: [], checks: [] },
        })),
        ...{
          startedAt: null,
          nominalStart: null,
          nominalEnd: null,
          parent: null,
          root: null,
          error: null,
          metadata: {},
        },
      },
    } as unknown as HeadwaterEvent,
  ]
}
