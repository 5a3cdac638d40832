import fp from 'fastify-plugin'
import { ApiError } from '../errors.ts'

/** Refuses parameters that contain NUL: no name contains it, and ClickHouse accepts no such parameter. */
export const storableText = fp(
  (app, _, done) => {
    app.addHook('preValidation', async ({ query, params }) => {
      for (const [parameter, value] of [...Object.entries(query ?? {}), ...Object.entries(params ?? {})]) {
        if (![value].flat().some((text) => typeof text === 'string' && text.includes('\0'))) continue
        const detail = `${parameter} must not contain the character NUL`
        throw new ApiError('INVALID_PARAMETER', detail, { parameter, errors: [{ parameter, detail }] })
      }
    })
    done()
  },
  { name: 'storable-text' },
)
