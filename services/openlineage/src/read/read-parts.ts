import { canonicalKey, isPathPlatform, maxNameLength } from '@headwater/lineage'
import type { FacetMap, OpenLineageDataset, OpenLineageJob } from '../open-lineage-event.ts'
import { isObject, normalized, ownProperty } from '../text/own-properties.ts'
import { comparableRunId } from '../text/uuid.ts'
import { type ProblemList, pointerTo } from './problem-list.ts'

/** A required string; where it is missing or empty, adds a problem and returns an empty string. */
export function requiredText(value: unknown, name: string, pointer: string, problems: ProblemList): string {
  const found = ownProperty(value, name)
  if (typeof found === 'string' && found !== '') return found
  problems.expected(pointerTo(pointer, name), 'a non-empty string', found)
  return ''
}

export function optionalText(value: unknown, name: string, problems: ProblemList): Record<string, string> {
  const found = ownProperty(value, name)
  if (found === undefined || typeof found === 'string') return found === undefined ? {} : { [name]: found }
  problems.expected(pointerTo('', name), 'a string', found)
  return {}
}

export function readRun(value: unknown, problems: ProblemList): { runId: string; facets?: FacetMap } {
  if (!isObject(value)) {
    problems.expected('/run', 'an object with `runId`', value)
    return { runId: '' }
  }
  const runId = requiredText(value, 'runId', '/run', problems)
  if (runId.length > maxNameLength) {
    problems.add('/run/runId', `The run id has ${runId.length} characters; at most ${maxNameLength} are allowed`)
  }
  if (/\p{Cc}/u.test(runId)) problems.add('/run/runId', 'The run id contains a control character')
  return { runId: comparableRunId(runId), ...facetMap(value, 'facets', '/run', problems) }
}

export function readJob(value: unknown, problems: ProblemList): OpenLineageJob {
  if (!isObject(value)) {
    problems.expected('/job', 'an object with `namespace` and `name`', value)
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
    problems.expected(pointer, 'an object with `namespace` and `name`', value)
    return { namespace: '', name: '' }
  }
  const namespace = requiredText(value, 'namespace', pointer, problems)
  return {
    namespace,
    name: isRoot(namespace, ownProperty(value, 'name')) ? '/' : requiredText(value, 'name', pointer, problems),
    ...facetMap(value, 'facets', pointer, problems),
    ...facetMap(value, 'inputFacets', pointer, problems),
    ...facetMap(value, 'outputFacets', pointer, problems),
  }
}

/** Some clients send an empty name for a whole bucket, e.g. Airflow's Athena operators. */
const isRoot = (namespace: string, name: unknown): boolean =>
  name === '' && namespace !== '' && isPathPlatform(canonicalKey({ namespace, name }))

export function readDatasets(
  value: unknown,
  name: string,
  problems: ProblemList,
): Record<string, OpenLineageDataset[]> {
  const found = ownProperty(value, name)
  if (found === undefined) return {}
  const pointer = pointerTo('', name)
  if (!Array.isArray(found)) {
    problems.expected(pointer, 'an array of datasets', found)
    return {}
  }
  return { [name]: found.map((dataset, index) => readDataset(dataset, pointerTo(pointer, index), problems)) }
}

function facetMap(value: unknown, name: string, pointer: string, problems: ProblemList): Record<string, FacetMap> {
  const found = ownProperty(value, name)
  if (found === undefined) return {}
  if (isObject(found)) return { [name]: normalized(found) }
  problems.expected(pointerTo(pointer, name), 'an object with facets by name', found)
  return {}
}
