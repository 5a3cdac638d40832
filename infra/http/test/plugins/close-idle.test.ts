import { Agent, get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { closeIdle } from '../../src/plugins/close-idle.ts'

it('closes once the request under way is answered, though its client keeps the connection', async () => {
  const app = fastify({ keepAliveTimeout: 3_600_000 })
  await app.register(closeIdle)
  let begin: () => void = () => undefined
  let release: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  app.get('/', async () => {
    begin()
    await released
    return 'done'
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const asking = new Promise<IncomingMessage>((resolve, reject) => get(url, { agent }, resolve).once('error', reject))
  await begun
  const closing = app.close()
  release()
  expect(await text(await asking)).toBe('done')
  await closing
}, 10_000)
