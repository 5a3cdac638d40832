import type { HeadwaterEvent } from '@headwater/schemas'

export const poisonKinds = ['empty', 'garbage', 'cut', 'invalid', 'unknown schema'] as const
export type PoisonKind = (typeof poisonKinds)[number]

/** What is to be sent: an event, or a record that must become a dead letter. */
export type PlannedRecord = {
  /** Distinct for each; events of equal number are the same event. */
  readonly number: number
  /** Null: where the key belongs. */
  readonly partition: number | null
} & (
  | { readonly kind: 'event'; readonly event: HeadwaterEvent }
  /** `event` is the one that the poison is made of. */
  | { readonly kind: 'poison'; readonly poison: PoisonKind; readonly event: HeadwaterEvent }
)
