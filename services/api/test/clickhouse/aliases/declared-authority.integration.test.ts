import { buildAssetEvent, buildMaterialization, createTestDatabase, noon, projectEvents } from '@headwater/testing'
import { expect, it, onTestFinished } from 'vitest'
import { openApi } from '../open-api.ts'

it('A declared authority of a scheme merges the tables with and without the authority', async () => {
  const database = await createTestDatabase()
  const { app, close } = await openApi(database)
  onTestFinished(async () => {
    await close()
    await database.drop()
  })
  const authority = (change: 'ALIASED' | 'UNALIASED', occurredAt: number) =>
    buildAssetEvent({
      ...{ key: 'snowflake://org-acct', alias: 'snowflake://', aliasSource: 'AUTHORITY', change, occurredAt },
    })
  const keysNow = async () => {
    const { items } = (await app.inject({ url: '/api/v1/assets', query: { q: 'snowflake' } })).json()
    return items.map(({ key }: { key: string }) => key).sort()
  }
  await projectEvents(database, [
    buildMaterialization({ runId: 'one', outputs: ['snowflake://shop/public/orders'] }),
    buildMaterialization({ runId: 'two', outputs: ['snowflake://org-acct/shop/public/orders'] }),
    authority('ALIASED', noon),
  ])
  expect(await keysNow()).toEqual(['snowflake://org-acct/shop/public/orders'])
  const card = await app.inject({ url: '/api/v1/asset', query: { key: 'snowflake://shop/public/orders' } })
  expect(card.json()).toMatchObject({ key: 'snowflake://org-acct/shop/public/orders' })

  await projectEvents(database, [authority('UNALIASED', noon + 1)])
  await expect
    .poll(keysNow, { timeout: 10_000 })
    .toEqual(['snowflake://org-acct/shop/public/orders', 'snowflake://shop/public/orders'])
}, 60_000)
