import { expect, it } from 'vitest'
import { heartbeatWhile } from '../../src/index.ts'

it('sends heartbeats until the work is done, and returns its result', async () => {
  let beats = 0
  let finish: (result: string) => void = () => undefined
  const work = new Promise<string>((resolve) => {
    finish = resolve
  })
  const heartbeat = async () => {
    if (++beats === 3) finish('done')
  }
  expect(await heartbeatWhile(work, heartbeat, 1)).toBe('done')
  expect(beats).toBe(3)
})

it('sends no heartbeat for work that is done already', async () => {
  const heartbeat = () => Promise.reject(new Error('not a member'))
  expect(await heartbeatWhile(Promise.resolve(1), heartbeat, 1)).toBe(1)
})

it('ends with the error of a heartbeat, such as a rebalance', async () => {
  const heartbeat = () => Promise.reject(new Error('The group is rebalancing'))
  await expect(heartbeatWhile(new Promise(() => undefined), heartbeat, 1)).rejects.toThrow('rebalancing')
})
