import { Type } from 'typebox'

/** The minimum level of log lines, as in pino. */
export const logLevel = Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' })
