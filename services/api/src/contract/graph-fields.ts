import { Type } from 'typebox'
import { count } from './schema.ts'

export const directions = ['upstream', 'downstream', 'both'] as const

export const omissions = Type.Array(
  Type.Object({
    id: count('Id of a node with neighbours that were left out'),
    upstream: count('Number of upstreams left out'),
    downstream: count('Number of downstreams left out'),
  }),
)
