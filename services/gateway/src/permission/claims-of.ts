import type { AssetEvent, HeadwaterEvent } from '@headwater/schemas'

/** A part of an event that changes what is recorded of a job or an asset. */
export type Claim = {
  /** The JSON pointer of the value in the event. */
  readonly pointer: string
  /** What the event does, e.g. `writes`. */
  readonly act: string
  readonly value: string
}

/** The namespaces of the jobs that an event reports. Parents and roots of runs are references only. */
export function namespacesOf({ type, event }: HeadwaterEvent): readonly Claim[] {
  switch (type) {
    case 'MaterializationEvent':
    case 'JobEvent':
      return [{ pointer: '/job/namespace', act: 'reports a job of the namespace', value: event.job.namespace }]
    case 'CheckEvent': {
      const { jobNamespace: value } = event
      return value === null
        ? []
        : [{ pointer: '/jobNamespace', act: 'reports a check by a job of the namespace', value }]
    }
    case 'AssetEvent':
      return []
    default:
      return type satisfies never
  }
}

/** The assets that an event writes: outputs, and assets of which it reports a fact. What it reads is not listed. */
export function writesOf({ type, event }: HeadwaterEvent): readonly Claim[] {
  switch (type) {
    case 'MaterializationEvent':
      return [
        ...event.inputs.flatMap(({ key, properties }, index) =>
          properties === null ? [] : [{ pointer: `/inputs/${index}/properties`, act: 'describes', value: key }],
        ),
        ...event.outputs.map(({ key }, index) => ({ pointer: `/outputs/${index}/key`, act: 'writes', value: key })),
      ]
    case 'AssetEvent':
      return assetsOf(event)
    case 'CheckEvent':
      return [{ pointer: '/key', act: 'reports a check of', value: event.key }]
    case 'JobEvent':
      return (event.lineage ?? []).map(({ output }, index) => {
        return { pointer: `/lineage/${index}/output`, act: 'declares lineage of', value: output }
      })
    default:
      return type satisfies never
  }
}

function assetsOf({ key, change, alias, renamedTo }: AssetEvent): readonly Claim[] {
  const act = `reports ${change} of`
  const other = change === 'RENAMED' ? { pointer: '/renamedTo', value: renamedTo } : { pointer: '/alias', value: alias }
  const isPair = change === 'RENAMED' || change === 'ALIASED' || change === 'UNALIASED'
  const first = { pointer: '/key', act, value: key }
  return isPair && other.value !== null ? [first, { ...other, act, value: other.value }] : [first]
}
