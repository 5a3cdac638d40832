import type { TopicGap } from './commit-note.ts'
import type { CommittedPositions } from './topic-positions.ts'

/** Records of the OpenLineage topic that were deleted before the group consumed them, as its commits note: over all starts and gateways. */
export class TopicGaps {
  readonly topic: string
  #gaps: readonly TopicGap[] = []
  #missingRecords = 0

  constructor(topic: string) {
    this.topic = topic
  }

  /** The latest gaps of each partition; `missingRecords` counts all. */
  get now(): { readonly gaps: readonly TopicGap[]; readonly missingRecords: number } {
    return { gaps: this.#gaps, missingRecords: this.#missingRecords }
  }

  read = (committed: CommittedPositions): void => {
    const notes = [...committed].map(([partition, { note }]) => ({ partition, ...note }))
    this.#gaps = notes.flatMap(({ partition, gaps }) => gaps.map((gap) => ({ partition, ...gap })))
    this.#missingRecords = notes.reduce((sum, { missingRecords }) => sum + missingRecords, 0)
  }
}
