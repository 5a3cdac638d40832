import { randomMoment } from '@headwater/testing'
import fc from 'fast-check'

const moment = fc.record({
  asOf: fc.option(randomMoment, { nil: undefined }),
  knownAt: fc.option(randomMoment, { nil: undefined }),
})

/** Which edges, and when. */
export const question = fc.record({
  moment,
  edges: fc.oneof(
    fc.constant({ kind: 'current' } as const),
    fc.constant({ kind: 'ever' } as const),
    randomMoment.map((since) => ({ kind: 'seenSince', since }) as const),
  ),
})

/** Between which times, as known when. */
export const span = fc
  .tuple(randomMoment, randomMoment, fc.option(randomMoment, { nil: undefined }))
  .map(([a, b, knownAt]) => ({ from: Math.min(a, b), to: Math.max(a, b), knownAt }))
