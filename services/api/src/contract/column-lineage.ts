import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { directions, omissions } from './graph-fields.ts'
import { RunReference } from './run-outcome.ts'
import { component, count, oneOf, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

const transformationFields = {
  kind: textOrNull(
    'DIRECT: the value is computed from it; INDIRECT: it only decides on rows, e.g. in a filter; null when not reported',
  ),
  transformation: textOrNull('Kind of transformation, e.g. IDENTITY, AGGREGATION, FILTER'),
  masking: Type.Boolean({ description: 'The value is masked, e.g. hashed' }),
  description: textOrNull('Description of the transformation, e.g. an expression'),
}

export const ColumnTransformation = component(
  'ColumnTransformation',
  Type.Object({
    ...transformationFields,
    wholeRow: Type.Boolean({
      description: 'Reported for the whole row of an asset, e.g. a filter, and not for this column',
    }),
  }),
)
export type ColumnTransformation = Static<typeof ColumnTransformation>

export const ColumnLink = component(
  'ColumnLink',
  Type.Object({
    from: textOrNull('Column that is read; null for the whole row'),
    to: textOrNull('Column that is made from it; null for the whole row'),
    ...transformationFields,
    jobs: Type.Array(ref(RunReference), { description: 'The latest success of each job that reports this link' }),
  }),
)
export type ColumnLink = Static<typeof ColumnLink>

export const ColumnNode = component(
  'ColumnNode',
  Type.Object({
    id: count('Id of the node within this answer; the root has 0'),
    key: text('Asset key'),
    column: textOrNull('Column name; null for the whole row'),
    type: textOrNull('Type name of the platform; null when no schema contains it'),
    depth: count('Shortest distance to the root, in edges'),
    readsItself: Type.Boolean({ description: 'A job computes this column from itself; that edge is not listed' }),
  }),
)
export type ColumnNode = Static<typeof ColumnNode>

export const ColumnLineage = answer('ColumnLineage', {
  root: Type.Object({ key: text('Asset key'), column: textOrNull('Column name; null for all columns') }),
  asOf: timeOrNull('Only events that occurred at or before this time are considered'),
  knownAt: timeOrNull('Only events that were recorded at or before this time are considered'),
  direction: oneOf(directions, 'Direction in the request'),
  depth: count('Greatest distance in the request'),
  wholeRow: Type.Boolean({ description: 'wholeRow in the request' }),
  nodes: Type.Array(ref(ColumnNode), { description: 'Nearest first' }),
  edges: Type.Array(
    Type.Object({
      from: count('Id of the node that is read'),
      to: count('Id of the node that is made from it'),
      indirect: Type.Boolean({ description: 'The column only decides on rows, and no value is computed from it' }),
      transformations: Type.Array(ref(ColumnTransformation), {
        description: 'All reported transformations, without duplicates',
      }),
      jobs: Type.Array(Type.Object({ ...RunReference.properties, endedAt: time('When that run ended') }), {
        description: 'The latest success of each job that reports this edge',
      }),
    }),
    { description: 'Edges between nodes of this answer' },
  ),
  truncated: Type.Boolean({ description: 'maxNodes left out nodes that are within depth' }),
  omitted: omissions,
})
export type ColumnLineage = Static<typeof ColumnLineage>
