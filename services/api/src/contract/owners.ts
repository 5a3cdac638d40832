import { Type } from 'typebox'
import { oneOfOrNull } from './schema.ts'

export const owners = Type.Array(Type.String(), {
  description: 'Its own or, where it has none, those of the job of its latest success',
})

export const ownersFrom = oneOfOrNull(['asset', 'job'], 'Whose owners these are; null when there are none')
