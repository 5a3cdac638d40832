import { type Static, type TSchema, Type } from 'typebox'

// Building blocks of the contract. A component appears once in openapi.json, and is referred to elsewhere.

/** A schema with a name, which `ref` and openapi.json use. */
export function component<T extends TSchema>($id: string, schema: T): T & { readonly $id: string } {
  return Object.assign(schema, { $id, title: $id })
}

export const ref = <T extends TSchema & { readonly $id: string }>(schema: T) =>
  Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })

export const orNull = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })

export const text = (description: string) => Type.String({ description })

export const textOrNull = (description: string) => Type.Unsafe<string | null>({ type: ['string', 'null'], description })

const utcWithMs = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$'

/** ISO 8601 in UTC with milliseconds, e.g. 2026-01-15T12:00:00.000Z. */
export const time = (description: string) => Type.String({ format: 'date-time', pattern: utcWithMs, description })

/** ISO 8601, e.g. 2026-01-15. */
export const day = (description: string) => Type.String({ format: 'date', description })

export const timeOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', pattern: utcWithMs, description })

export const oneOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description })

export const oneOfOrNull = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number] | null>({ type: ['string', 'null'], enum: [...values, null], description })

export const count = (description: string) => Type.Integer({ minimum: 0, description })
