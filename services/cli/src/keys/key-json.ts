import { type KeyRecord, stateOfKey } from '@headwater/access/keys'

/** A key for programs: all but what it is verified by. */
export const keyJson = ({ hash: _, ...key }: KeyRecord, now: number) => ({ ...key, state: stateOfKey(key, now) })
