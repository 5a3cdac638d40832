import { type Static, Type } from 'typebox'
import { answer } from './answer.ts'
import { directions, omissions } from './graph-fields.ts'
import { RunReference } from './run-outcome.ts'
import { component, count, oneOf, ref, text, textOrNull, time, timeOrNull } from './schema.ts'

const transformationFields = {
  kind: textOrNull('DIRECT: the value is made of it; INDIRECT: it only decides on rows; null when not stated'),
  transformation: textOrNull('How, e.g. IDENTITY, AGGREGATION, FILTER'),
  masking: Type.Boolean({ description: 'The value is masked on the way, e.g. hashed' }),
  description: textOrNull('How, as a person or program wrote it'),
}

export const ColumnTransformation = component(
  'ColumnTransformation',
  Type.Object({
    ...transformationFields,
    wholeRow: Type.Boolean({ description: 'Stated of the whole row of an asset, e.g. a filter, not of this column' }),
  }),
)
export type ColumnTransformation = Static<typeof ColumnTransformation>

export const ColumnLink = component(
  'ColumnLink',
  Type.Object({
    from: textOrNull('Column that is read; null for the whole row'),
    to: textOrNull('Column that is made from it; null for the whole row'),
    ...transformationFields,
    jobs: Type.Array(ref(RunReference), { description: 'The latest success of each job that says so' }),
  }),
)
export type ColumnLink = Static<typeof ColumnLink>

export const ColumnNode = component(
  'ColumnNode',
  Type.Object({
    id: count('Number of the node in this answer; the root is 0'),
    key: text('Asset key'),
    column: textOrNull('Column name; null for the whole row'),
    type: textOrNull("The platform's type name, where a schema states it"),
    depth: count('Shortest distance to the root, in edges'),
    readsItself: Type.Boolean({ description: 'A job makes it of itself; that edge is not listed' }),
  }),
)
export type ColumnNode = Static<typeof ColumnNode>

export const ColumnLineage = answer('ColumnLineage', {
  root: Type.Object({ key: text('Asset key'), column: textOrNull('Column name; null for all columns') }),
  asOf: timeOrNull('Only events that occurred at or before it count'),
  knownAt: timeOrNull('Only events that were recorded at or before it count'),
  direction: oneOf(directions, 'Which way was walked'),
  depth: count('How far was walked at most'),
  wholeRow: Type.Boolean({ description: 'Was walked on from whole rows' }),
  nodes: Type.Array(ref(ColumnNode), { description: 'Nearest first' }),
  edges: Type.Array(
    Type.Object({
      from: count('Node that is read'),
      to: count('Node that is made from it'),
      indirect: Type.Boolean({ description: 'It only decides on rows, and is in no value' }),
      transformations: Type.Array(ref(ColumnTransformation), { description: 'How; each that is stated, once' }),
      jobs: Type.Array(Type.Object({ ...RunReference.properties, endedAt: time('When that run ended') }), {
        description: 'The latest success of each job that says so',
      }),
    }),
    { description: 'Ends are ids of nodes' },
  ),
  truncated: Type.Boolean({ description: 'maxNodes left out nodes that are within depth' }),
  omitted: omissions,
})
export type ColumnLineage = Static<typeof ColumnLineage>
