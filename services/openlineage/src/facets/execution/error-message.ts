import { cutText } from '../../text/cut-text.ts'
import { ownText } from '../../text/own-properties.ts'
import { type FacetReader, reading } from '../facet-set.ts'

/** Why the run failed. The facet is kept where it also has a programming language or a stack trace. */
export const readErrorMessage: FacetReader<string> = (facet) => {
  const message = ownText(facet, 'message')
  return message === undefined ? undefined : reading(cutText(message), facet, ['message'])
}
