import { randomUUID } from 'node:crypto'
import {
  type AssetEvent,
  assetEventDefaults,
  type CheckEvent,
  type HeadwaterEvent,
  type InputAsset,
  type JobEvent,
  jobEventDefaults,
  type MaterializationEvent,
  type OutputAsset,
} from '@headwater/schemas'

/** Noon of a quiet day: events built without a time happened then. */
export const noon = Date.UTC(2026, 0, 15, 12)

type MaterializationParts = Partial<Omit<MaterializationEvent, 'inputs' | 'outputs' | 'job'>> & {
  readonly job?: string | MaterializationEvent['job']
  readonly inputs?: readonly (string | InputAsset)[]
  readonly outputs?: readonly (string | (Partial<OutputAsset> & { readonly key: string }))[]
}

/** A successful run of one event unless `parts` say otherwise; assets may be given by key. */
export function buildMaterialization(
  parts: MaterializationParts = {},
): HeadwaterEvent & { type: 'MaterializationEvent' } {
  const { job = 'load', inputs = [], outputs = [], ...rest } = parts
  return {
    type: 'MaterializationEvent',
    event: {
      eventId: randomUUID(),
      occurredAt: noon,
      producer: 'test/1',
      runId: randomUUID(),
      job: typeof job === 'string' ? { namespace: 'test', name: job, type: null } : job,
      state: 'SUCCEEDED',
      startedAt: null,
      nominalStart: null,
      nominalEnd: null,
      parent: null,
      root: null,
      by: null,
      error: null,
      metadata: {},
      ...rest,
      inputs: inputs.map((input) => (typeof input === 'string' ? { key: input, properties: null } : input)),
      outputs: outputs.map((output) => buildOutput(typeof output === 'string' ? { key: output } : output)),
    },
  }
}

function buildOutput(parts: Partial<OutputAsset> & { readonly key: string }): OutputAsset {
  return {
    inputs: null,
    properties: null,
    metadata: {},
    metrics: {},
    schema: null,
    columnLineage: [],
    checks: [],
    ...parts,
  }
}

export function buildAssetEvent(
  parts: Partial<AssetEvent> & Pick<AssetEvent, 'key' | 'change'>,
): HeadwaterEvent & { type: 'AssetEvent' } {
  const event = {
    eventId: randomUUID(),
    occurredAt: noon,
    producer: 'test/1',
    ...assetEventDefaults,
    ...parts,
  }
  return { type: 'AssetEvent', event }
}

export function buildCheckEvent(
  parts: Partial<Omit<CheckEvent, 'check'>> &
    Pick<CheckEvent, 'key'> & { readonly check: Partial<CheckEvent['check']> },
): HeadwaterEvent & { type: 'CheckEvent' } {
  const { check, ...rest } = parts
  return {
    type: 'CheckEvent',
    event: {
      eventId: randomUUID(),
      occurredAt: noon,
      producer: 'test/1',
      runId: null,
      jobNamespace: null,
      jobName: null,
      ...rest,
      check: {
        name: 'check',
        column: null,
        severity: 'ERROR',
        status: 'PASS',
        expected: null,
        actual: null,
        message: null,
        ...check,
      },
    },
  }
}

export function buildJobEvent(
  parts: Partial<Omit<JobEvent, 'job'>> & { readonly job: string | JobEvent['job'] },
): HeadwaterEvent & { type: 'JobEvent' } {
  const { job, ...rest } = parts
  return {
    type: 'JobEvent',
    event: {
      eventId: randomUUID(),
      occurredAt: noon,
      producer: 'test/1',
      ...jobEventDefaults,
      ...rest,
      job: typeof job === 'string' ? { namespace: 'test', name: job, type: null } : job,
    },
  }
}
