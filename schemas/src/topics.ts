import type { HeadwaterEvent } from './codec.ts'

export const defaultEventsTopic = 'headwater.events'
export const defaultDeadLettersTopic = 'headwater.dead-letters'
export const defaultOpenLineageTopic = 'openlineage.events'

/** The log of events. `recordedAt` is the append time; nothing is ever removed, since every table is rebuilt from it. */
export const eventsTopicConfig: Readonly<Record<string, string>> = {
  'message.timestamp.type': 'LogAppendTime',
  'retention.ms': '-1',
  'cleanup.policy': 'delete',
}

/**
 * Records that could not be folded, and their resolutions. Keyed by position, so that compaction leaves one of each however often a
 * batch is read. A resolution has its own key: it must neither replace the record it is about nor be replaced by a copy of it.
 */
export const deadLettersTopicConfig: Readonly<Record<string, string>> = {
  'cleanup.policy': 'compact',
  // A record as large as the log accepts by default, and the headers that describe it.
  'max.message.bytes': String(2 << 20),
}

/** Message key of an event: all events of a run, or of an asset or a job outside runs, share a partition. */
export function messageKey({ type, event }: HeadwaterEvent): string {
  switch (type) {
    case 'MaterializationEvent':
      return event.runId
    case 'AssetEvent':
    case 'CheckEvent':
      return event.key
    case 'JobEvent':
      return `${event.job.namespace}/${event.job.name}`
    default:
      return type satisfies never
  }
}
