import { Type } from 'typebox'

/** How much a service writes to its log, in the words of pino. */
export const logLevel = Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' })
