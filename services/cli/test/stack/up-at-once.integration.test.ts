import { afterAll, expect, it } from 'vitest'
import { headwaterHome } from '../headwater-home.ts'

const { headwater, end } = await headwaterHome('headwater at once ')

afterAll(end)

it('three starts at once start one stack, and each ends well once it is ready', async () => {
  const starts = await Promise.all([1, 2, 3].map(() => headwater(['up', '--detach'])))
  expect(starts.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    starts.map(({ stderr }) => ({ code: 0, stderr })),
  )
  expect(starts.filter(({ stderr }) => !stderr.includes('nothing was started'))).toHaveLength(1)
  expect(await headwater(['status'])).toMatchObject({ code: 0 })
})
