import { expect, it } from 'vitest'
import { throwIfInvalid } from '../src/config-error.ts'

it('lists each problem once, in one line', () => {
  expect(() => throwIfInvalid(['PORT must be integer', 'PORT must be integer', 'HOST is missing'])).toThrow(
    expect.objectContaining({
      code: 'INVALID_CONFIG',
      message: 'Invalid configuration: PORT must be integer; HOST is missing',
    }),
  )
  expect(() => throwIfInvalid([])).not.toThrow()
})
