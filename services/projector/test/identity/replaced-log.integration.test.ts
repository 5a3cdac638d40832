import { correctFetches } from '@headwater/kafka'
import { createTestTopic, eventually, sendEvents } from '@headwater/testing'
import { describe, expect, it } from 'vitest'
import { createTopic, deleteTopic, events, project, recreateTopic, tablesOf, topicExists } from './projecting.ts'

correctFetches({ wholeBatches: true })

async function foldedOnce(partitions: number, count: number) {
  const tables = tablesOf(await createTestTopic(partitions))
  await sendEvents(tables.topic, events('old', count))
  const first = await project(tables)
  await eventually(async () => {
    const folded = Object.values(await tables.folded())
    expect(folded.reduce((sum, last) => sum + last + 1, 0)).toBe(count)
  })
  return { tables, first }
}

describe('a topic that was created again', () => {
  it('stops a running projector, which folds nothing of the new log', async () => {
    const { tables, first } = await foldedOnce(1, 3)
    const ended = expect(first.projector.done).rejects.toMatchObject({ code: 'LOG_REPLACED', retryable: false })
    await recreateTopic(tables.topic)
    await sendEvents(tables.topic, events('new', 10)) // grown beyond the old position before anyone looks
    await ended
    expect(await tables.jobs()).toEqual(['old'])
    expect(await tables.folded()).toEqual({ 0: 2 })
  })

  it('stops a projector that starts, however far the new log has grown', async () => {
    const { tables, first } = await foldedOnce(1, 3)
    await first.stop()
    await recreateTopic(tables.topic)
    await sendEvents(tables.topic, events('new', 10))
    await expect(project(tables)).rejects.toMatchObject({
      code: 'LOG_REPLACED',
      message: expect.stringMatching(/topic id [\w-]{22}, Kafka has [\w-]{22}\..*PROJECTOR_REPLACED_LOG=start-over/),
    })
    expect(await tables.jobs()).toEqual(['old'])
  })

  it('is folded from its beginning into the same tables, by a running projector that may start over', async () => {
    const { tables, first } = await foldedOnce(3, 30)
    await first.stop()
    const before = await tables.folded()
    const second = await project(tables, { replacedLog: 'start-over' })
    await recreateTopic(tables.topic, 1)
    await sendEvents(tables.topic, events('new', 5))
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 4 }), 30_000)
    expect(Object.keys(before)).not.toEqual(['0'])
    expect(await tables.jobs()).toEqual(['new', 'old'])
    expect(second.lines.join('')).toContain('folding the new log into them from its beginning')
  })

  it('is folded from its beginning by a projector that starts and may start over, also with more partitions', async () => {
    const { tables, first } = await foldedOnce(1, 3)
    await first.stop()
    await recreateTopic(tables.topic, 3)
    await sendEvents(tables.topic, events('new', 30))
    await project(tables, { replacedLog: 'start-over' })
    await eventually(async () => {
      expect(Object.values(await tables.folded()).reduce((sum, last) => sum + last + 1, 0)).toBe(30)
    }, 30_000)
    const again = await project(tables) // the new log is known now
    expect(await tables.jobs()).toEqual(['new', 'old'])
    await again.stop()
  })

  it('is waited for while it is absent, and not created', async () => {
    const { tables, first } = await foldedOnce(1, 3)
    await first.stop()
    await deleteTopic(tables.topic)
    const lines: string[] = []
    const second = expect(project(tables, {}, lines)).rejects.toMatchObject({ code: 'LOG_REPLACED' })
    await eventually(() => expect(lines.join('').match(/does not exist.*waiting for it/g)).toHaveLength(3))
    expect(await topicExists(tables.topic)).toBe(false)
    await createTopic(tables.topic)
    await second
  })

  it('does no harm when nothing of it was folded', async () => {
    const tables = tablesOf(await createTestTopic())
    const first = await project(tables)
    await first.stop()
    await recreateTopic(tables.topic)
    await sendEvents(tables.topic, events('new', 2))
    await project(tables)
    await eventually(async () => expect(await tables.folded()).toEqual({ 0: 1 }))
  })
})
