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
    id: count('Number of the node in this answer; the root is 0'),
    depth: count('Shortest distance to the root, in edges'),
    readsItself: Type.Boolean({ description: 'A job reads and writes it; that edge is not listed' }),
    ...AssetSummary.properties,
  }),
)
export type LineageNode = Static<typeof LineageNode>

export const EdgeEvidence = component(
  'EdgeEvidence',
  Type.Object({
    ...jobFields,
    runId: text(
      'The latest successful run that asserted the edge; assertion tells how that one did. Empty where it is only declared',
    ),
    assertion: oneOf(
      ['run', 'explicit', 'declared'],
      'run: an input of the run; explicit: stated for this output; declared: by the job outside its runs, none of which asserted it',
    ),
    firstSeen: time('End of the first successful run that asserted it; where it is only declared, when it first was'),
    lastSeen: time('End of the last one; where it is only declared, when it last was'),
    runs: count('Successful runs that asserted it'),
    failedRuns: count('Runs that would have asserted it, had they not failed or been aborted'),
    current: Type.Boolean({
      description:
        'The latest success of the job asserted it, or, while no success of the job wrote the asset, what it last declared; and neither end is dropped',
    }),
  }),
)
export type EdgeEvidence = Static<typeof EdgeEvidence>

const edgeFields = {
  from: count('Node that is read'),
  to: count('Node that is made from it'),
  jobs: Type.Array(ref(EdgeEvidence), { description: 'Through which jobs, and how that is known' }),
}

/** Edges of a graph; their ends are ids of nodes in the same answer. */
export const edgeList = Type.Array(Type.Object(edgeFields))

const columnFields = {
  columns: Type.Optional(
    Type.Array(ref(ColumnLink), { description: 'With columns=true: which columns are made of which, currently' }),
  ),
  columnsOmitted: Type.Optional(count('With columns=true: how many of these are left out')),
}

/** What part of what is known an answer about the graph is made from. */
export const viewFields = {
  edgeChoice: oneOf(['current', 'seenWithin', 'ever'], 'Which edges count'),
  seenSince: timeOrNull('For seenWithin: a success must have asserted the edge then or later'),
  asOf: timeOrNull('Only events that occurred at or before it count'),
  knownAt: timeOrNull('Only events that were recorded at or before it count'),
}

export const LineageAnswer = answer('LineageAnswer', {
  root: text('Asset key of the root'),
  ...viewFields,
  direction: oneOf(directions, 'Which way was walked'),
  depth: count('How far was walked at most'),
  nodes: Type.Array(ref(LineageNode), { description: 'Nearest first' }),
  edges: Type.Array(Type.Object({ ...edgeFields, ...columnFields })),
  truncated: Type.Boolean({ description: 'maxNodes left out nodes that are within depth' }),
  omitted: omissions,
})
export type LineageAnswer = Static<typeof LineageAnswer>
