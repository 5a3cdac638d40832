import { isUtf8 } from 'node:buffer'
import { maxJsonDepth, tooDeepAt } from '@headwater/lineage'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { GatewayError } from '../errors.ts'

const byteOrderMark = '\uFEFF'

/** The value of a body. @throws GatewayError INVALID_TEXT | JSON_TOO_DEEP | INVALID_JSON */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) {
    throw new GatewayError(
      'INVALID_TEXT',
      `The body has a byte at ${firstInvalidByte(body)} that is not UTF-8; send JSON as UTF-8`,
    )
  }
  const deepAt = tooDeepAt(body, maxJsonDepth)
  if (deepAt >= 0) {
    throw new GatewayError('JSON_TOO_DEEP', `The JSON is nested deeper than ${maxJsonDepth} at byte ${deepAt}`, {
      position: deepAt,
    })
  }
  const text = body.toString()
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text)
  } catch (cause) {
    throw syntaxError(text, cause)
  }
}

/** V8 does not always say where; the parser that is slower does. */
function syntaxError(text: string, cause: unknown): GatewayError {
  if (text.trim() === '') return new GatewayError('INVALID_JSON', 'The body is empty; send an event as JSON')
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [first] = errors
  if (first === undefined) return new GatewayError('INVALID_JSON', (cause as Error).message, {}, cause)
  const before = text.slice(0, first.offset).split('\n')
  const place = { position: first.offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  const what = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return new GatewayError(
    'INVALID_JSON',
    `The body is not JSON at line ${place.line}, column ${place.column}: ${what}`,
    place,
    cause,
  )
}

/** The number of bytes before which all are UTF-8. */
function firstInvalidByte(body: Buffer): number {
  const valid = Buffer.from(body.toString())
  let at = 0
  while (at < body.length && body[at] === valid[at]) at++
  return at
}
