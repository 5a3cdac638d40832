import { cutText } from '../../text/cut-text.ts'
import { ownText } from '../../text/own-properties.ts'
import type { FacetReader } from '../facet-set.ts'

const frame = /^\s+(?:at \S|\.\.\. \d+ more$)/

/** Why a Spark run failed: the message and its causes, without the stack frames that Spark puts into the text. The facet is always kept. */
export const readSparkException: FacetReader<string> = (facet) => {
  const message = ownText(facet, 'message')
  if (message === undefined) return undefined
  const lines = message.split('\n').filter((line) => line.trim() !== '' && !frame.test(line))
  return { value: cutText(lines.join('\n')), keep: 'facet' }
}
