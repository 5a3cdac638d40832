import { randomBytes } from 'node:crypto'

/** A name that no other test uses, fit for topics, groups and databases. */
export const uniqueName = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`
