import { isUtf8 } from 'node:buffer'
import { maxJsonDepth, tooDeepAt } from '@headwater/lineage'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { GatewayError } from '../errors.ts'

const byteOrderMark = '\uFEFF'

/** Parses a body as JSON. @throws GatewayError INVALID_TEXT | JSON_TOO_DEEP | INVALID_JSON */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) {
    throw new GatewayError('INVALID_TEXT', `The body is not UTF-8: invalid byte at offset ${firstInvalidByte(body)}`)
  }
  const deepAt = tooDeepAt(body, maxJsonDepth)
  if (deepAt >= 0) {
    throw new GatewayError(
      'JSON_TOO_DEEP',
      `The JSON is nested more than ${maxJsonDepth} levels deep, at byte ${deepAt}`,
      {
        position: deepAt,
      },
    )
  }
  const text = body.toString()
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text)
  } catch (cause) {
    throw syntaxError(text, cause)
  }
}

/** V8's message does not always have a position, so the text is parsed again by the slower parser, whose errors do. */
function syntaxError(text: string, cause: unknown): GatewayError {
  if (text.trim() === '') return new GatewayError('INVALID_JSON', 'The request body is empty; send an event as JSON')
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [first] = errors
  if (first === undefined) return new GatewayError('INVALID_JSON', (cause as Error).message, {}, cause)
  const before = text.slice(0, first.offset).split('\n')
  const location = { position: first.offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  const what = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return new GatewayError(
    'INVALID_JSON',
    `Invalid JSON at line ${location.line}, column ${location.column}: ${what}`,
    location,
    cause,
  )
}

/** The offset of the first byte that is not valid UTF-8. */
function firstInvalidByte(body: Buffer): number {
  const valid = Buffer.from(body.toString())
  let at = 0
  while (at < body.length && body[at] === valid[at]) at++
  return at
}
