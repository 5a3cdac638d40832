import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { readVariables } from '../src/read-variables.ts'

const schema = Type.Object({
  PORT: Type.Integer({ default: 8080, maximum: 65_535 }),
  TOPIC: Type.String({ default: 'events' }),
  LEVEL: Type.Enum(['', 'info', 'debug'], { default: 'info' }),
  IS_OPEN: Type.Boolean({ default: false }),
  HOME: Type.Optional(Type.String({ minLength: 1 })),
})

describe('reading variables', () => {
  it('uses defaults for variables that are unset or empty, and ignores unknown ones', () => {
    expect(readVariables(schema, { PORT: '9', TOPIC: '', IS_OPEN: 'true', PATH: '/bin', LEVEL: undefined })).toEqual({
      values: { PORT: 9, TOPIC: 'events', LEVEL: 'info', IS_OPEN: true },
      problems: [],
    })
  })

  it('accepts an empty value where it is valid', () => {
    const { values } = readVariables(schema, { TOPIC: '', LEVEL: '' }, ['TOPIC'])
    expect(values).toMatchObject({ TOPIC: '', LEVEL: 'info' })
  })

  it('ignores variables named like properties of Object.prototype', () => {
    expect(readVariables(schema, { constructor: 'x', toString: 'x' } as never).problems).toEqual([])
  })

  it('reports every invalid variable with the allowed values, and not the given ones', () => {
    const { problems } = readVariables(schema, { PORT: 'secret', LEVEL: 'loud', IS_OPEN: 'perhaps' })
    expect(problems).toEqual([
      'PORT must be integer',
      'LEVEL must be one of (empty), info, debug',
      'IS_OPEN must be boolean',
    ])
  })
})
