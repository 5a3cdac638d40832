import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { AssetSummary } from './asset-page.ts'
import { ColumnLink } from './column-lineage.ts'
import { directions, omissions } from './graph-fields.ts'
import { jobFields } from './run-outcome.ts'
import { component, count, oneOf, ref, text, time, timeOrNull } from './schema.ts'

export const LineageNode = component(
  'LineageNode',
  Type.Object({
    id: count('Id of the node within this answer; the root has 0'),
    depth: count('Shortest distance to the root, in edges'),
    readsItself: Type.Boolean({ description: 'A job reads and writes this asset; that edge is not listed' }),
    ...AssetSummary.properties,
  }),
)
export type LineageNode = Static<typeof LineageNode>

export const EdgeEvidence = component(
  'EdgeEvidence',
  Type.Object({
    ...jobFields,
    runId: text('Id of the latest successful run that asserted the edge; empty where the edge is only declared'),
    assertion: oneOf(
      ['run', 'explicit', 'declared'],
      'How the edge was asserted: run: as an input of that run; explicit: as an input that the run reported for this output alone; declared: by the job, and by none of its runs',
    ),
    firstSeen: time('End of the first successful run that asserted the edge, or the time of the first declaration'),
    lastSeen: time('End of the latest successful run that asserted the edge, or the time of the latest declaration'),
    runs: count('Number of successful runs that asserted the edge'),
    failedRuns: count('Number of failed or aborted runs with this input'),
    current: Type.Boolean({
      description:
        'The latest success of the job asserted the edge (or its latest declaration, while no success has written the asset), and neither end is dropped',
    }),
  }),
)
export type EdgeEvidence = Static<typeof EdgeEvidence>

const edgeFields = {
  from: count('Id of the node that is read'),
  to: count('Id of the node that is made from it'),
  jobs: Type.Array(ref(EdgeEvidence), { description: 'Evidence for the edge, one entry for each job' }),
}

/** Edges of a graph; their ends are ids of nodes in the same answer. */
export const edgeList = Type.Array(Type.Object(edgeFields))

const columnFields = {
  columns: Type.Optional(
    Type.Array(ref(ColumnLink), {
      description: 'With columns=true: the current column lineage between the two assets',
    }),
  ),
  columnsOmitted: Type.Optional(count('With columns=true: number of column links left out')),
}

/** Fields that repeat which edges and events an answer considers. */
export const viewFields = {
  edgeChoice: oneOf(['current', 'seenWithin', 'ever'], 'Which edges are considered'),
  seenSince: timeOrNull('For seenWithin: edges that a success asserted at or after this time'),
  asOf: timeOrNull('Only events that occurred at or before this time are considered'),
  knownAt: timeOrNull('Only events that were recorded at or before this time are considered'),
}

export const LineageAnswer = answer('LineageAnswer', {
  root: text('Asset key of the root'),
  ...viewFields,
  direction: oneOf(directions, 'Direction in the request'),
  depth: count('Greatest distance in the request'),
  nodes: Type.Array(ref(LineageNode), { description: 'Nearest first' }),
  edges: Type.Array(Type.Object({ ...edgeFields, ...columnFields })),
  truncated: Type.Boolean({ description: 'maxNodes left out nodes that are within depth' }),
  omitted: omissions,
})
export type LineageAnswer = Static<typeof LineageAnswer>
