import { eventually, sendEvents, startClickHouseProxy, testStack } from '@headwater/testing'
import { expect, it } from 'vitest'
import { ProjectorProcess } from '../../../testing/src/processes/projector-process.ts'
import { cleanups, events, expectEqualToOrderedPass, failure, set } from './replay-setting.ts'

it('finds no differences in rows of a projector that was killed before it wrote their positions', async () => {
  const setting = await set(2)
  const { options, replay, count, projector } = setting
  const proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  cleanups.push(() => proxy.close())
  const doomed = new ProjectorProcess({ ...options, env: { CLICKHOUSE_URL: proxy.url } })
  doomed.start()
  cleanups.push(() => doomed.end('SIGKILL'))
  await sendEvents(options.topic, events(200))
  await eventually(async () => expect(await count('folded_offsets')).toBeGreaterThan(1), 60_000)
  await eventually(async () => expect(await count('run_facts')).toBe(190), 60_000)

  proxy.answerWith(243, { matching: /INSERT INTO .*folded_offsets/ })
  await sendEvents(options.topic, events(100))
  await eventually(async () => expect(await count('run_facts')).toBe(285), 60_000)
  await doomed.end('SIGKILL')

  const run = replay()
  await eventually(() => expect(run.of('waiting').length).toBeGreaterThan(0), 60_000)
  projector()
  expect({ code: await run.exit(), failure: failure(run) }).toEqual({ code: 0, failure: undefined })
  expect(run.of('again')).toMatchObject([{ reason: 'differs' }])
  const [finished] = run.of('finished')
  const { events: folded, foldingSeconds, eventsPerSecond } = finished as unknown as Record<string, number>
  expect(folded).toBe(300)
  expect(Math.abs((eventsPerSecond ?? 0) * (foldingSeconds ?? 0) - 300)).toBeLessThan(1 + (foldingSeconds ?? 0))
  const progress = run.of('progress').at(-1)
  expect(progress?.['folded']).toBe(progress?.['total'])
  await expectEqualToOrderedPass(setting)
}, 120_000)
