import { randomBytes } from 'node:crypto'

/** A name that no other test uses, valid for topics, groups and databases. */
export const uniqueName = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`
