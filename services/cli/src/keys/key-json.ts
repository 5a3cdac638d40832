import { type KeyRecord, stateOfKey } from '@headwater/access/keys'

/** The JSON of a key, without its hash. */
export const keyJson = ({ hash: _, ...key }: KeyRecord, now: number) => ({ ...key, state: stateOfKey(key, now) })
