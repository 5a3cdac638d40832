import { cutText } from '../../text/cut-text.ts'
import { ownText } from '../../text/own-properties.ts'
import { type FacetReader, reading } from '../facet-set.ts'

/** Why the run failed. The programming language and the stack trace are kept beside. */
export const readErrorMessage: FacetReader<string> = (facet) => {
  const message = ownText(facet, 'message')
  return message === undefined ? undefined : reading(cutText(message), facet, ['message'])
}
