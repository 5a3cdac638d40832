import { assetKeyPattern, assetKeyProblem, maxAssetKeyLength } from '@headwater/lineage'
import { Type } from 'typebox'

// Holds: what a pattern allows, the parser of the parameter accepts. So openapi.json tells every rule of a single parameter.

const plainDay =
  '[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))'
const leapDay = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29'
const clock = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?'
const offset = '(?: ?UTC|[Zz]|[+ -](?:[01][0-9]|2[0-3]):?[0-5][0-9])' // a URL decodes "+" to a space
const count = '[0-9]{1,9}'
const days = `(?:${count}W(?:${count}D)?|${count}D)`
const hours = `T(?:${count}H(?:${count}M)?(?:${count}S)?|${count}M(?:${count}S)?|${count}S)`
const duration = `(?:${count}(?:ms|[wdhms])|P(?:${days}(?:${hours})?|${hours}))`
const position = '[A-Za-z0-9._-]{1,249}:[0-9]{1,9}:[0-9]{1,15}'

/** The rule of a text in a parameter, for programs and, after "must be", for people. */
type TextFormat = { readonly pattern: string; readonly forms: string; readonly maxLength?: number }

const formats = {
  'asset-key': {
    pattern: assetKeyPattern,
    forms: 'a URI such as s3://bucket/path',
    maxLength: maxAssetKeyLength,
  },
  'point-in-time': {
    pattern: `^(?:(?:${plainDay}|${leapDay})(?:[Tt ]${clock}${offset})?|${duration})$`,
    forms:
      'a time such as 2026-11-01T09:30:00Z, a day (2026-11-01, from midnight UTC), or a time ago (45s, 90m, 12h, 3d, 2w, P1D)',
  },
  'time-span': {
    pattern: `^${duration}$`,
    forms: 'a duration such as 45s, 90m, 12h, 30d, 2w or P30D',
  },
  'edge-choice': {
    pattern: `^(?:current|ever|seenWithin(?:[=:]${duration})?)$`,
    forms: 'current, ever or seenWithin=<duration>, e.g. seenWithin=30d',
  },
  'log-positions': {
    pattern: `^${position}(?:, ?${position})*$`,
    forms: 'a position topic:partition:offset, or several separated by commas, e.g. headwater.events:0:41',
  },
  cursor: {
    pattern: '^[A-Za-z0-9_-]+$',
    forms: 'the nextCursor of the previous page',
  },
  // No name contains NUL, and ClickHouse accepts no such parameter.
  name: { pattern: '^[^\\u0000]+$', forms: 'a text without the character NUL', maxLength: 1_024 },
} as const satisfies Record<string, TextFormat>

type FormatName = keyof typeof formats

/** Formats for Ajv, which checks their patterns. */
export const ajvFormats: Readonly<Record<string, true>> = Object.fromEntries(
  Object.keys(formats).map((name) => [name, true]),
)

/** A text parameter in one of the formats. Examples of one operation are used together, so those that exclude each other have none. */
export function formatted(format: FormatName, { description, example }: { description: string; example?: string }) {
  const { pattern, maxLength = undefined }: TextFormat = formats[format]
  return Type.String({
    ...{ format, pattern, minLength: 1, description },
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(example === undefined ? {} : { examples: [example] }),
  })
}

/** Why a text is not in its format, as a sentence; undefined for an unknown format. */
export function formatProblem(format: string | undefined, parameter: string, text: string): string | undefined {
  if (format === 'asset-key') return assetKeyProblem(text)
  const rule: TextFormat | undefined = (formats as Readonly<Record<string, TextFormat>>)[format ?? '']
  return rule === undefined ? undefined : `${parameter} must be ${rule.forms}, not ${shown(text)}`
}

/** A value from a request, cut for a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 80 ? text : `${text.slice(0, 80)}… (${text.length - 2} characters)`
}
