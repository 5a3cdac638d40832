import type { OpenLineageEvent } from '../open-lineage-event.ts'
import { isObject, ownProperty } from '../text/own-properties.ts'
import { checkSize } from './check-size.ts'
import { type EventProblem, ProblemList } from './problem-list.ts'
import { optionalText, readDataset, readDatasets, readJob, readRun, requiredText } from './read-parts.ts'
import { readTime } from './read-time.ts'

export type ReadEvent = { readonly event: OpenLineageEvent } | { readonly problems: readonly EventProblem[] }

/**
 * Validates parsed JSON as an OpenLineage event. Strict about run, job, datasets and time; lenient where clients differ. A facet never
 * makes an event invalid: a malformed one is kept as metadata.
 * @returns the event, or its first 20 problems, each with a JSON pointer
 * @example
 * const read = readOpenLineageEvent(JSON.parse(body))
 * if ('problems' in read) for (const { pointer, detail } of read.problems) console.error(pointer, detail)
 */
export function readOpenLineageEvent(value: unknown): ReadEvent {
  const problems = new ProblemList()
  const event = readKind(value, problems)
  if (event !== undefined) checkSize(event, problems)
  return event === undefined || problems.all.length > 0 ? { problems: problems.all } : { event }
}

function readKind(value: unknown, problems: ProblemList): OpenLineageEvent | undefined {
  if (!isObject(value)) {
    problems.expected('', 'an object with an OpenLineage event', value)
    return undefined
  }
  const header = readHeader(value, problems)
  if (ownProperty(value, 'run') !== undefined || ownProperty(value, 'eventType') !== undefined) {
    return {
      ...header,
      ...optionalText(value, 'eventType', problems),
      run: readRun(ownProperty(value, 'run'), problems),
      job: readJob(ownProperty(value, 'job'), problems),
      ...readDatasets(value, 'inputs', problems),
      ...readDatasets(value, 'outputs', problems),
    }
  }
  if (ownProperty(value, 'job') !== undefined) {
    return {
      ...header,
      job: readJob(ownProperty(value, 'job'), problems),
      ...readDatasets(value, 'inputs', problems),
      ...readDatasets(value, 'outputs', problems),
    }
  }
  if (ownProperty(value, 'dataset') !== undefined) {
    return { ...header, dataset: readDataset(ownProperty(value, 'dataset'), '/dataset', problems) }
  }
  problems.add('', 'Missing properties: an event has `run` and `job`, only `job`, or `dataset`')
  return undefined
}

function readHeader(value: unknown, problems: ProblemList) {
  const text = requiredText(value, 'eventTime', '', problems)
  const at = text === '' ? undefined : readTime(text)
  if (text !== '' && at === undefined) {
    problems.expected('/eventTime', 'an RFC 3339 time between 1970 and 2286, e.g. 2024-05-01T12:00:00Z', text)
  }
  return {
    eventTime: new Date(at ?? 0).toISOString(),
    ...optionalText(value, 'producer', problems),
    ...optionalText(value, 'schemaURL', problems),
  }
}
