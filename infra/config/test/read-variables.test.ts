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
  it('takes what is set, defaults for what is not or to nothing, and leaves others alone', () => {
    expect(readVariables(schema, { PORT: '9', TOPIC: '', IS_OPEN: 'true', PATH: '/bin', LEVEL: undefined })).toEqual({
      values: { PORT: 9, TOPIC: 'events', LEVEL: 'info', IS_OPEN: true },
      problems: [],
    })
  })

  it('takes nothing for a value where it means something', () => {
    const { values } = readVariables(schema, { TOPIC: '', LEVEL: '' }, ['TOPIC'])
    expect(values).toMatchObject({ TOPIC: '', LEVEL: 'info' })
  })

  it('takes no name that every object has for a variable', () => {
    expect(readVariables(schema, { constructor: 'x', toString: 'x' } as never).problems).toEqual([])
  })

  it('tells of all that is wrong, with what is allowed and without what was set', () => {
    const { problems } = readVariables(schema, { PORT: 'secret', LEVEL: 'loud', IS_OPEN: 'perhaps' })
    expect(problems).toEqual([
      'PORT must be integer',
      'LEVEL must be one of nothing, info, debug',
      'IS_OPEN must be boolean',
    ])
  })
})
