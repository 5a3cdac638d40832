import type { Reading } from '@headwater/kafka'
import type { Batch, Consumer } from 'kafkajs'
import type { Logger } from 'pino'
import { type CommitNote, formatNote, noNote, withGap, withLost } from './commit-note.ts'
import { type Consumed, isOtherTopic, type Located, locatePartition } from './locate-partition.ts'
import type { CommittedPositions, TopicPositions } from './topic-positions.ts'

// Holds: nothing is fetched of a partition before its committed offset is compared with the topic, and each batch follows the one before:
// batches of an earlier assignment, or from another offset, are dropped. Each commit names the topic that its offset belongs to.

/** A partition of the present assignment. */
export type HeldPartition = {
  readonly partition: number
  readonly note: CommitNote
  /** The offset after the last record that is stored. */
  next: number
  /** The end of the batch that is being stored; `next` when none is. */
  taken: number
  /** End of the partition as last seen. */
  end: number
  /** Whether the note is committed. */
  isNoted: boolean
}

/** What this process knows of partitions that it has or had, also when Kafka has deleted their commits with the topic. */
export type TopicMemory = Map<number, HeldPartition>

type FetchedBatch = Pick<Batch, 'partition' | 'highWatermark' | 'lastOffset'> & { readonly fetchedOffset?: string }

export type AssignmentOptions = {
  readonly consumer: Pick<Consumer, 'pause' | 'resume' | 'seek' | 'commitOffsets'>
  readonly positions: TopicPositions
  readonly topic: string
  readonly memory: TopicMemory
  /** Resolves when the consumer can commit; before that, kafkajs leaves commits out without a word. */
  readonly running: Promise<unknown>
  readonly logger: Logger
  readonly onLocated: () => void
  readonly onCommitted: (committed: CommittedPositions) => void
  readonly onFailure: (error: Error) => void
}

type Partitions = {
  readonly held: ReadonlyMap<number, HeldPartition>
  /** Those that the topic lacks since it was created again: the note of the first held one has their gaps. */
  readonly lost: readonly HeldPartition[]
}

/** After so many looks the gaps of all partitions are read again. */
const looksBetweenGaps = 10

/** The partitions that a consumer has, and where it is in them. */
export class TopicAssignment {
  readonly #options: AssignmentOptions
  #located: Promise<Partitions> = Promise.resolve({ held: new Map(), lost: [] })
  #held: ReadonlyMap<number, HeldPartition> = new Map()
  #looks = 0

  constructor(options: AssignmentOptions) {
    this.#options = options
  }

  /** Compares commits and topic before anything is fetched of these partitions. */
  begin(partitions: readonly number[]): void {
    const { consumer, topic, onFailure } = this.#options
    if (partitions.length > 0) consumer.pause([{ topic, partitions: [...partitions] }])
    const locating = this.#locate(partitions)
    this.#located = locating
    locating.then((partitions) => this.#start(locating, partitions)).catch(onFailure)
  }

  /**
   * The partition, when the batch is the next one of it.
   * @returns undefined when the batch is to be dropped
   */
  async take(batch: FetchedBatch, isStale: () => boolean): Promise<HeldPartition | undefined> {
    const located = this.#located
    const held = (await located).held.get(batch.partition)
    if (held === undefined || located !== this.#located || isStale()) return undefined
    if (held.next !== Number(batch.fetchedOffset)) {
      this.begin([...this.#held.keys()]) // the broker did not have the offset, and kafkajs went to another one
      return undefined
    }
    held.taken = Math.max(held.next, Number(batch.lastOffset()) + 1)
    held.end = Math.max(held.end, Number(batch.highWatermark))
    return held
  }

  /** The batch that was taken is stored as far as it will be. */
  release(held: HeldPartition): void {
    held.taken = held.next
  }

  /** How far each partition is stored, and to where it may be read, as of the latest look. */
  get readings(): ReadonlyMap<number, Reading> {
    return new Map([...this.#held.values()].map(({ partition, next, end }) => [partition, { next, end }]))
  }

  isCurrent = (held: HeldPartition): boolean => this.#held.get(held.partition) === held

  async commit(held: HeldPartition, next: number): Promise<void> {
    held.next = next
    await this.#commit([held])
  }

  /** Notices that the topic was created again or its beginning was deleted, also while nothing is fetched. @throws KafkaError */
  async look(): Promise<void> {
    const { positions, onCommitted } = this.#options
    const held = [...(await this.#located).held.values()]
    const found = await positions.partitions(held[0]?.note.topicId ?? '')
    const isOther = held.some(({ partition, note, next, taken }) => {
      const { topicId, low } = found.get(partition) ?? { topicId: undefined, low: 0 }
      return isOtherTopic(note.topicId, topicId) || (low > next && taken === next)
    })
    if (isOther && held.every(this.isCurrent)) this.begin(held.map(({ partition }) => partition))
    else for (const each of held) each.end = found.get(each.partition)?.high ?? each.end
    await this.#commit(held.filter((each) => !each.isNoted && this.isCurrent(each)))
    if (this.#looks++ % looksBetweenGaps === 0) onCommitted(await positions.committed())
  }

  async #locate(partitions: readonly number[]): Promise<Partitions> {
    const { positions, memory } = this.#options
    const committed = await positions.committed()
    const known = committed.values().next().value ?? memory.values().next().value
    const found = await positions.partitions(known?.note.topicId ?? '')
    const held = new Map<number, HeldPartition>()
    const topicId = partitions.map((partition) => found.get(partition)?.topicId).find((id) => id !== undefined)
    const lost = [...memory.values()].filter(
      ({ partition, note }) => !found.has(partition) && isOtherTopic(note.topicId, topicId),
    )
    for (const partition of partitions) {
      const [there, remembered, commit] = [found.get(partition), memory.get(partition), committed.get(partition)]
      if (there === undefined) continue // the topic has fewer partitions now: the group assigns them again
      const consumed = commit ?? remembered
      const here = locatePartition(there, consumed, unreadOf(remembered, consumed))
      const located = { ...here, note: held.size > 0 ? here.note : lost.reduce(withLostPartition, here.note) }
      this.#log(partition, consumed, located)
      const isNoted = commit !== undefined && formatNote(commit.note) === formatNote(located.note)
      const { next, note } = located
      held.set(partition, {
        partition,
        next,
        taken: next,
        note,
        end: there.high,
        isNoted: isNoted && next === commit.next,
      })
    }
    return { held, lost }
  }

  #start(locating: Promise<unknown>, { held, lost }: Partitions): void {
    if (this.#located !== locating) return
    const { consumer, topic, memory, onLocated } = this.#options
    this.#held = held
    for (const { partition } of lost) memory.delete(partition)
    for (const each of held.values()) {
      memory.set(each.partition, each)
      consumer.seek({ topic, partition: each.partition, offset: String(each.next) })
    }
    if (held.size > 0) consumer.resume([{ topic, partitions: [...held.keys()] }])
    onLocated()
    void this.#commit([...held.values()].filter(({ isNoted }) => !isNoted)).catch(() => undefined) // `look` commits it again
  }

  async #commit(held: readonly HeldPartition[]): Promise<void> {
    if (held.length === 0) return
    const { consumer, topic, running } = this.#options
    await running
    await consumer.commitOffsets(
      held.map(({ partition, next, note }) => ({ topic, partition, offset: String(next), metadata: formatNote(note) })),
    )
    if (held.some(({ isNoted }) => !isNoted)) this.#looks = 0
    for (const each of held) each.isNoted = true
  }

  #log(partition: number, consumed: Consumed | undefined, located: Located): void {
    const { topic, logger } = this.#options
    const { next, note, restart } = located
    if (restart !== undefined) logger.warn({ topic, partition, next }, restartText[restart])
    else if (consumed === undefined)
      logger.info({ topic, partition, next }, 'No offset is committed: reading all there is')
    const known = (consumed?.note ?? noNote).gaps
    for (const gap of note.gaps)
      if (
        !known.some(({ firstOffset, lastOffset }) => firstOffset === gap.firstOffset && lastOffset === gap.lastOffset)
      )
        logger.warn({ topic, partition, ...gap }, gapText)
  }
}

/** What this process has seen of the consumed topic and not taken. */
function unreadOf(remembered: HeldPartition | undefined, consumed: Consumed | undefined) {
  if (remembered === undefined || remembered.note.topicId !== consumed?.note.topicId) return undefined
  return { firstOffset: Math.max(remembered.taken, consumed.next), lastOffset: remembered.end - 1 }
}

function withLostPartition(note: CommitNote, lost: HeldPartition): CommitNote {
  const unread = { firstOffset: lost.taken, lastOffset: lost.end - 1 }
  return withLost(note, lost.partition, lost.end > lost.taken ? withGap(lost.note, unread) : lost.note)
}

const restartText = {
  recreated: 'The topic was deleted and created again: reading it from its beginning',
  shorter:
    'The topic ends before the committed offset, so it lost its end or is another one: reading it from its beginning',
}

const gapText =
  'Records were deleted before they were consumed. See docs/operations.md, "Records were deleted before they were folded"'
