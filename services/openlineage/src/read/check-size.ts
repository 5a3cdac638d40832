import type { OpenLineageDataset, OpenLineageEvent, OpenLineageJobEvent } from '../open-lineage-event.ts'
import { own } from '../text/own-properties.ts'
import type { ProblemList } from './problem-list.ts'

/** Reading an event takes time in proportion to these, and who reads it does nothing else meanwhile: some 10 µs each. */
const most = { datasets: 20_000, facets: 100_000, symlinks: 10_000 }
const mostDeclaredEdges = 100_000

/** Refuses an event that lists more than any tool does, and would hold up all others. */
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
    problems.add('', `It has ${counts[kind]} ${kind}; at most ${most[kind]} are allowed in one event`)
  }
  if (!('run' in event) && 'job' in event) checkEdges(event, problems)
}

/** A declaration lists each output with all its inputs, so it grows with both. */
function checkEdges({ inputs = [], outputs = [] }: OpenLineageJobEvent, problems: ProblemList): void {
  const edges = inputs.length * outputs.length
  if (edges <= mostDeclaredEdges) return
  problems.add(
    '/outputs',
    `The job declares ${edges} edges, each output with all inputs; at most ${mostDeclaredEdges} are allowed`,
  )
}

function symlinksOf({ facets }: OpenLineageDataset): number {
  const identifiers = own(own(facets, 'symlinks'), 'identifiers')
  return Array.isArray(identifiers) ? identifiers.length : 0
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
