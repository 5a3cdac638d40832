import fp from 'fastify-plugin'
import { ApiError } from '../errors.ts'

/** Refuses parameters with the character NUL: no name has it, and ClickHouse takes no parameter that does. */
export const storableText = fp(
  (app, _, done) => {
    app.addHook('preValidation', async ({ query, params }) => {
      for (const [parameter, value] of [...Object.entries(query ?? {}), ...Object.entries(params ?? {})]) {
        if (![value].flat().some((text) => typeof text === 'string' && text.includes('\0'))) continue
        const detail = `${parameter} has the character NUL, which no name has`
        throw new ApiError('INVALID_PARAMETER', detail, { parameter, errors: [{ parameter, detail }] })
      }
    })
    done()
  },
  { name: 'storable-text' },
)
