import type { OpenLineageEvent } from '../open-lineage-event.ts'
import { isObject, own } from '../text/own-properties.ts'
import { checkSize } from './check-size.ts'
import { type EventProblem, ProblemList } from './problem-list.ts'
import { optionalText, readDataset, readDatasets, readJob, readRun, requiredText } from './read-parts.ts'
import { readTime } from './read-time.ts'

export type ReadEvent = { readonly event: OpenLineageEvent } | { readonly problems: readonly EventProblem[] }

/**
 * The event that `value`, parsed JSON, is; or everything that keeps it from being one. Strict where meaning would be lost (who, when, what),
 * lenient where clients differ; facets are looked at when they are mapped, and none refuses an event.
 */
export function readOpenLineageEvent(value: unknown): ReadEvent {
  const problems = new ProblemList()
  const event = readKind(value, problems)
  if (event !== undefined) checkSize(event, problems)
  return event === undefined || problems.all.length > 0 ? { problems: problems.all } : { event }
}

function readKind(value: unknown, problems: ProblemList): OpenLineageEvent | undefined {
  if (!isObject(value)) {
    problems.expected('', 'an OpenLineage event, which is an object', value)
    return undefined
  }
  const said = readSaid(value, problems)
  if (own(value, 'run') !== undefined || own(value, 'eventType') !== undefined) {
    return {
      ...said,
      ...optionalText(value, 'eventType', problems),
      run: readRun(own(value, 'run'), problems),
      job: readJob(own(value, 'job'), problems),
      ...readDatasets(value, 'inputs', problems),
      ...readDatasets(value, 'outputs', problems),
    }
  }
  if (own(value, 'job') !== undefined) {
    return {
      ...said,
      job: readJob(own(value, 'job'), problems),
      ...readDatasets(value, 'inputs', problems),
      ...readDatasets(value, 'outputs', problems),
    }
  }
  if (own(value, 'dataset') !== undefined) {
    return { ...said, dataset: readDataset(own(value, 'dataset'), '/dataset', problems) }
  }
  problems.add('', 'Expected a run and a job, a job, or a dataset: the event has none of them')
  return undefined
}

function readSaid(value: unknown, problems: ProblemList) {
  const text = requiredText(value, 'eventTime', '', problems)
  const at = text === '' ? undefined : readTime(text)
  if (text !== '' && at === undefined) {
    problems.expected('/eventTime', 'a time after 1970 and before 2286 such as 2024-05-01T12:00:00Z', text)
  }
  return {
    eventTime: new Date(at ?? 0).toISOString(),
    ...optionalText(value, 'producer', problems),
    ...optionalText(value, 'schemaURL', problems),
  }
}
