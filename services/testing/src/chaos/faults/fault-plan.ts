import type { SeededRandom } from '../seeded-random.ts'

export const faultKinds = [
  'projector killed',
  'projector frozen',
  'projector joins and leaves',
  'broker killed',
  'ClickHouse killed',
  'registry killed',
  'ClickHouse refuses for a while',
  'log cut',
  'partition added',
  'compression changed',
  'several at once',
] as const
export type FaultKind = (typeof faultKinds)[number]
export type SingleFaultKind = Exclude<FaultKind, 'several at once'>

/** Of ClickHouse: what it answers while it cannot, and later can again. */
const passingCodes = [
  ...[75, 76, 159, 173, 201, 202, 210, 225, 236, 241, 242, 243, 252, 285, 286, 319, 394, 439, 473, 499, 745, 999, 1001],
] as const

export type PlannedFault = {
  readonly kind: FaultKind
  /** What happens at the same time: one fault, or several. */
  readonly parts: readonly SingleFaultKind[]
  /** Pause before it. */
  readonly afterMs: number
  /** How long a projector stays dead, frozen or joined. */
  readonly holdMs: number
  /** What ClickHouse answers where it refuses. */
  readonly code: (typeof passingCodes)[number]
  /** Which of the two projectors it strikes. */
  readonly projector: 0 | 1
}

export type FaultPlanOptions = {
  readonly random: SeededRandom
  readonly pause: { readonly least: number; readonly most: number }
  readonly rounds: number
  /** A projector is frozen for longer than this. */
  readonly sessionTimeoutMs: number
}

/** Two parts at a time, each of which needs the other. */
const together: readonly (readonly SingleFaultKind[])[] = [
  ['broker killed', 'ClickHouse killed'],
  ['projector killed', 'ClickHouse killed'],
  ['projector killed', 'broker killed'],
  ['projector frozen', 'broker killed'],
  ['projector frozen', 'ClickHouse killed'],
  ['projector killed', 'registry killed'],
  ['projector joins and leaves', 'broker killed'],
  ['projector killed', 'log cut'],
  ['projector frozen', 'partition added'],
  ['projector killed', 'ClickHouse refuses for a while'],
]

/** Faults in rounds, each with every kind once, in an order of its own. */
export function* faultPlan(options: FaultPlanOptions): Generator<PlannedFault> {
  const { random, pause, rounds, sessionTimeoutMs } = options
  for (let round = 0; round < rounds; round++) {
    for (const kind of random.shuffled(faultKinds)) {
      const parts = kind === 'several at once' ? random.pick(together) : [kind]
      const isFrozen = parts.includes('projector frozen')
      yield {
        kind,
        parts,
        afterMs: random.between(pause.least, pause.most),
        holdMs: isFrozen ? sessionTimeoutMs + random.between(1_000, 4_000) : random.between(200, 3_000),
        code: random.pick(passingCodes),
        projector: random.chance(0.5) ? 0 : 1,
      }
    }
  }
}
