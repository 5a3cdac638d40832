import { formatPosition } from '../../log/position.ts'
import { lastPositions } from './retry-outcomes.ts'
import type { Retry } from './send-retries.ts'

/** The last position in each partition, as --wait takes it. */
export const waitArgument = (retries: readonly Retry[]): string => lastPositions(retries).map(formatPosition).join(',')
