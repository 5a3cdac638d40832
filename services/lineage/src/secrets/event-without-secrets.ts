import type { HeadwaterEvent } from '@headwater/schemas'
import { keyWithoutSecrets } from './key-without-secrets.ts'
import { isSecretName } from './secret-names.ts'
import { mayHaveSecret } from './signs-of-secrets.ts'
import { textWithoutSecrets, withoutSecrets } from './without-secrets.ts'

type Fields = Readonly<Record<string, unknown>>

/** Fields that hold an asset key, and lists of asset keys. */
const keyFields = new Set(['key', 'alias', 'renamedTo', 'output'])
const keyLists = new Set(['inputs'])

/**
 * The event without secrets in any of its texts: keys, names, metadata, errors, descriptions. An event without secrets is returned as it is.
 * @example
 * log.append(eventWithoutSecrets(event))
 */
export function eventWithoutSecrets(event: HeadwaterEvent): HeadwaterEvent {
  const masked = ofFields(event.event as unknown as Fields)
  return masked === (event.event as unknown)
    ? event
    : ({ type: event.type, event: masked } as unknown as HeadwaterEvent)
}

/** Whether a value under this name of metadata may be a secret without having a sign of it. */
export const namesSecret = (name: string): boolean => mayHaveSecret(name) && isSecretName(name)

function ofFields(fields: Fields): Fields {
  return mapped(fields, (name, value) => [name, ofField(name, value)])
}

function ofField(name: string, value: unknown): unknown {
  if (typeof value === 'string') return keyFields.has(name) ? keyWithoutSecrets(value) : textWithoutSecrets(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return ofList(name, value)
  if (name === 'metadata') return mapped(value as Fields, metadataEntry)
  if (name === 'metrics') return mapped(value as Fields, (metric, number) => [textWithoutSecrets(metric), number])
  return ofFields(value as Fields)
}

function ofList(name: string, list: readonly unknown[]): readonly unknown[] {
  const masked = list.map((entry) => {
    if (typeof entry === 'string') return keyLists.has(name) ? keyWithoutSecrets(entry) : textWithoutSecrets(entry)
    return typeof entry === 'object' && entry !== null ? ofFields(entry as Fields) : entry
  })
  return masked.every((entry, index) => entry === list[index]) ? list : masked
}

/** Metadata: each value is a JSON text, which may be a secret because of its name. */
function metadataEntry(name: string, value: unknown): readonly [string, unknown] {
  const shown = textWithoutSecrets(name)
  if (typeof value !== 'string') return [shown, value]
  return [shown, namesSecret(shown) ? secretJson(shown, value) : textWithoutSecrets(value)]
}

function secretJson(name: string, json: string): string {
  try {
    const value: unknown = JSON.parse(json)
    const masked = withoutSecrets({ [name]: value })[name]
    return masked === value ? json : JSON.stringify(masked)
  } catch {
    return JSON.stringify(withoutSecrets({ [name]: json })[name])
  }
}

function mapped(fields: Fields, change: (name: string, value: unknown) => readonly [string, unknown]): Fields {
  let isSame = true
  const entries = Object.keys(fields).map((name) => {
    const entry = change(name, fields[name])
    if (entry[0] !== name || entry[1] !== fields[name]) isSame = false
    return entry
  })
  return isSame ? fields : Object.fromEntries(entries)
}
