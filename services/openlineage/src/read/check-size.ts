import type { OpenLineageDataset, OpenLineageEvent, OpenLineageJobEvent } from '../open-lineage-event.ts'
import { ownProperty } from '../text/own-properties.ts'
import type { ProblemList } from './problem-list.ts'

/** Mapping takes some 10 µs for each of these and blocks the process meanwhile, so one event must not hold up all requests. */
const most = { datasets: 20_000, facets: 100_000, symlinks: 10_000 }
const mostDeclaredEdges = 100_000

/** Adds a problem for each limit that an event exceeds. No known tool comes near them. */
export function checkSize(event: OpenLineageEvent, problems: ProblemList): void {
  const datasets = 'dataset' in event ? [event.dataset] : [...(event.inputs ?? []), ...(event.outputs ?? [])]
  const maps = [
    ...('run' in event ? [event.run.facets] : []),
    ...('job' in event ? [event.job.facets] : []),
    ...datasets.flatMap(({ facets, inputFacets, outputFacets }) => [facets, inputFacets, outputFacets]),
  ]
  const counts = {
    datasets: datasets.length,
    facets: sum(maps.map((map) => (map === undefined ? 0 : Object.keys(map).length))),
    symlinks: sum(datasets.map(symlinksOf)),
  }
  for (const kind of ['datasets', 'facets', 'symlinks'] as const) {
    if (counts[kind] <= most[kind]) continue
    problems.add('', `The event has ${counts[kind]} ${kind}; at most ${most[kind]} are allowed`)
  }
  if (!('run' in event) && 'job' in event) checkEdges(event, problems)
}

/** A declaration stores each output with all its inputs, so its size is the product of both. */
function checkEdges({ inputs = [], outputs = [] }: OpenLineageJobEvent, problems: ProblemList): void {
  const edges = inputs.length * outputs.length
  if (edges <= mostDeclaredEdges) return
  problems.add(
    '/outputs',
    `The job declares ${edges} edges (outputs times inputs); at most ${mostDeclaredEdges} are allowed`,
  )
}

function symlinksOf({ facets }: OpenLineageDataset): number {
  const identifiers = ownProperty(ownProperty(facets, 'symlinks'), 'identifiers')
  return Array.isArray(identifiers) ? identifiers.length : 0
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
