import { logOptions } from '@headwater/config'
import { pino } from 'pino'
import { expect, it } from 'vitest'

const secret = 'q9Zx7Wm2Kp4T'

it('leaves no secret in a line, whichever field has it', () => {
  const lines: string[] = []
  const logger = pino(logOptions('gateway', 'info'), { write: (line: string) => void lines.push(line) })
  const url = `http://default:${secret}@host:8123`
  logger.error({ err: new Error(`connect to ${url} failed`), url, password: secret }, `Cannot reach ${url}`)
  logger.child({ url }).info('plain')
  logger.info({ topic: 'events' }, 'plain')
  expect(lines.join('')).not.toContain(secret)
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    'Cannot reach http://default:***@host:8123',
    'plain',
    'plain',
  ])
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true)
})
