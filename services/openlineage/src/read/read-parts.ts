import { canonicalKey, isPathPlatform, maxNameLength } from '@headwater/lineage'
import type { FacetMap, OpenLineageDataset, OpenLineageJob } from '../open-lineage-event.ts'
import { isObject, own, tidied } from '../text/own-properties.ts'
import { type ProblemList, pointerTo } from './problem-list.ts'
import { runIdOf } from './run-id.ts'

/** A text that must be there; a problem and an empty text otherwise. */
export function requiredText(value: unknown, name: string, pointer: string, problems: ProblemList): string {
  const found = own(value, name)
  if (typeof found === 'string' && found !== '') return found
  problems.expected(pointerTo(pointer, name), 'a text that is not empty', found)
  return ''
}

export function optionalText(value: unknown, name: string, problems: ProblemList): Record<string, string> {
  const found = own(value, name)
  if (found === undefined || typeof found === 'string') return found === undefined ? {} : { [name]: found }
  problems.expected(pointerTo('', name), 'a text', found)
  return {}
}

export function readRun(value: unknown, problems: ProblemList): { runId: string; facets?: FacetMap } {
  if (!isObject(value)) {
    problems.expected('/run', 'an object with a runId', value)
    return { runId: '' }
  }
  const runId = requiredText(value, 'runId', '/run', problems)
  if (runId.length > maxNameLength) {
    problems.add('/run/runId', `The run id has ${runId.length} characters; at most ${maxNameLength} are allowed`)
  }
  if (/\p{Cc}/u.test(runId)) problems.add('/run/runId', 'The run id has a control character')
  return { runId: runIdOf(runId), ...facetMap(value, 'facets', '/run', problems) }
}

export function readJob(value: unknown, problems: ProblemList): OpenLineageJob {
  if (!isObject(value)) {
    problems.expected('/job', 'an object with namespace and name', value)
    return { namespace: '', name: '' }
  }
  return {
    namespace: requiredText(value, 'namespace', '/job', problems),
    name: requiredText(value, 'name', '/job', problems),
    ...facetMap(value, 'facets', '/job', problems),
  }
}

export function readDataset(value: unknown, pointer: string, problems: ProblemList): OpenLineageDataset {
  if (!isObject(value)) {
    problems.expected(pointer, 'an object with namespace and name', value)
    return { namespace: '', name: '' }
  }
  const namespace = requiredText(value, 'namespace', pointer, problems)
  return {
    namespace,
    name: isRoot(namespace, own(value, 'name')) ? '/' : requiredText(value, 'name', pointer, problems),
    ...facetMap(value, 'facets', pointer, problems),
    ...facetMap(value, 'inputFacets', pointer, problems),
    ...facetMap(value, 'outputFacets', pointer, problems),
  }
}

/** Some clients name a bucket as a whole by no name: Airflow's Athena operators do. */
const isRoot = (namespace: string, name: unknown): boolean =>
  name === '' && namespace !== '' && isPathPlatform(canonicalKey({ namespace, name }))

export function readDatasets(
  value: unknown,
  name: string,
  problems: ProblemList,
): Record<string, OpenLineageDataset[]> {
  const found = own(value, name)
  if (found === undefined) return {}
  const pointer = pointerTo('', name)
  if (!Array.isArray(found)) {
    problems.expected(pointer, 'a list of datasets', found)
    return {}
  }
  return { [name]: found.map((dataset, place) => readDataset(dataset, pointerTo(pointer, place), problems)) }
}

function facetMap(value: unknown, name: string, pointer: string, problems: ProblemList): Record<string, FacetMap> {
  const found = own(value, name)
  if (found === undefined) return {}
  if (isObject(found)) return { [name]: tidied(found) }
  problems.expected(pointerTo(pointer, name), 'an object with a facet by name', found)
  return {}
}
