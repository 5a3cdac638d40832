import type { RecordedEvent } from '@headwater/lineage'
import type { SeededRandom } from '../seeded-random.ts'
import type {
  DiffQuestion,
  MomentQuestion,
  QuestionEdges,
  QuestionGroup,
  QuestionMoment,
  QuestionSpan,
} from './question.ts'

export type QuestionPlanOptions = {
  readonly random: SeededRandom
  readonly count: number
  readonly assets: readonly string[]
  /** From whose times moments are taken: at an event, just before, just after. */
  readonly events: readonly RecordedEvent[]
}

const diffShare = 0.15
const diffsPerSpan = 8
const fewestPerMoment = 10
const mostMoments = 40
const depths = [0, 1, 2, 3, 5, 20]

/** Random questions about random moments, those of one moment together. */
export function questionPlan(options: QuestionPlanOptions): readonly QuestionGroup[] {
  const { random, count } = options
  const diffs = Math.floor(count * diffShare)
  const rest = count - diffs
  const moments = Math.max(1, Math.min(mostMoments, Math.floor(rest / fewestPerMoment)))
  const groups = shares(rest, moments).map((size, index): QuestionGroup => {
    const moment = index === 0 ? {} : randomMoment(options)
    return { moment, questions: Array.from({ length: size }, () => momentQuestion(options, moment)) }
  })
  const spans = shares(diffs, Math.ceil(diffs / diffsPerSpan)).map((size): QuestionGroup => {
    const span = randomSpan(options)
    return { span, questions: Array.from({ length: size }, (_, index) => diffQuestion(options, span, index === 0)) }
  })
  return random.shuffled([...groups, ...spans])
}

/** As equal shares of a whole as there can be. */
function shares(whole: number, parts: number): readonly number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor((whole + index) / parts))
}

function momentQuestion({ random, assets }: QuestionPlanOptions, moment: QuestionMoment): MomentQuestion {
  const asset = random.chance(0.02) ? `s3://nobody/has/named/a${random.below(9)}` : random.pick(assets)
  const kind = random.next()
  if (kind < 0.45) return { kind: 'lineage', moment, root: asset, edges: randomEdges(random), ...randomWalk(random) }
  if (kind < 0.65) {
    const from = random.pick(near(assets, asset))
    return { kind: 'paths', moment, from, to: asset, limit: random.between(1, 3), edges: randomEdges(random) }
  }
  return { kind: kind < 0.85 ? 'card' : 'materializations', moment, key: asset }
}

const diffQuestion = (
  { random, assets }: QuestionPlanOptions,
  span: QuestionSpan,
  everywhere: boolean,
): DiffQuestion => ({
  kind: 'diff',
  span,
  key: everywhere ? null : random.pick(assets),
  ...randomWalk(random),
})

const randomWalk = (random: SeededRandom) => ({
  direction: random.pick(['upstream', 'downstream', 'both'] as const),
  depth: random.pick(depths),
})

function randomEdges(random: SeededRandom): QuestionEdges {
  const kind = random.next()
  if (kind < 0.5) return 'current'
  return kind < 0.75 ? 'ever' : { seenWithinMs: random.pick([1_000, 30_000, 300_000, 3_600_000]) }
}

/** Most assets that an asset is made of are of the same namespace or close to it in the list. */
function near(assets: readonly string[], asset: string): readonly string[] {
  const place = Math.max(0, assets.indexOf(asset))
  return assets.slice(Math.max(0, place - 30), place + 20)
}

function randomMoment({ random, events }: QuestionPlanOptions): QuestionMoment {
  const kind = random.below(3)
  return {
    ...(kind === 1 ? {} : { asOf: besides(random, random.pick(events).event.event.occurredAt) }),
    ...(kind === 0 ? {} : { knownAt: besides(random, random.pick(events).recordedAt) }),
  }
}

function randomSpan({ random, events }: QuestionPlanOptions): QuestionSpan {
  const [a, b] = [0, 1].map(() => besides(random, random.pick(events).event.event.occurredAt))
  const knownAt = random.chance(0.5) ? { knownAt: besides(random, random.pick(events).recordedAt) } : {}
  return { from: Math.min(a ?? 0, b ?? 0), to: Math.max(a ?? 0, b ?? 0), ...knownAt }
}

const besides = (random: SeededRandom, time: number): number => time + random.pick([-1, 0, 0, 1])
