import { Type } from 'typebox'
import { count } from './schema.ts'

export const directions = ['upstream', 'downstream', 'both'] as const

export const omissions = Type.Array(
  Type.Object({
    id: count('A node with neighbours that are left out'),
    upstream: count('How many upstreams of it are left out'),
    downstream: count('How many downstreams of it are left out'),
  }),
)
