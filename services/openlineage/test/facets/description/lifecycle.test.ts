import { describe, expect, it } from 'vitest'
import { dataset, facet, keyOfTable, mapped, runEvent } from '../../helpers/run-event.ts'

const changed = (lifecycleStateChange: string, parts: object = {}, facets: object = {}) =>
  dataset('orders', { facets: { lifecycleStateChange: facet({ lifecycleStateChange, ...parts }), ...facets } })
const before = { previousIdentifier: { namespace: 'postgres://db:5432', name: 'shop.public.orders_old' } }
const changes = (event: object) => mapped(event).assets.filter(({ change }) => change !== 'STATED')

describe('a change to a dataset as a whole', () => {
  it('drops the asset once it has happened', () => {
    expect(changes(runEvent({ outputs: [changed('DROP')] }))).toMatchObject([
      { key: keyOfTable('orders'), change: 'DROPPED' },
    ])
    const event = { eventTime: '2024-05-01T12:00:00Z', dataset: changed('DROP') }
    expect(changes(event)).toMatchObject([{ key: keyOfTable('orders'), change: 'DROPPED' }])
  })

  it.each(['START', 'RUNNING', 'FAIL', 'ABORT', 'OTHER'])('drops and renames nothing with %s', (eventType) => {
    expect(changes(runEvent({ eventType, outputs: [changed('DROP')] }))).toEqual([])
    expect(changes(runEvent({ eventType, outputs: [changed('RENAME', before)] }))).toEqual([])
  })

  it('is not a write of the dropped asset, whatever the event: a write would bring it back', () => {
    for (const eventType of ['START', 'COMPLETE']) {
      const { runs, stated } = mapped(runEvent({ eventType, outputs: [changed('DROP')] }))
      const metadata = { [`lifecycleStateChange:${keyOfTable('orders')}`]: '{"lifecycleStateChange":"DROP"}' }
      expect(runs[0]).toMatchObject({ outputs: [], metadata })
      expect(stated(keyOfTable('orders'))).toBeUndefined()
    }
  })

  it('leaves the columns of a dropped asset unchanged', () => {
    const dropped = changed('DROP', {}, { schema: facet({ fields: [{ name: 'id' }] }) })
    const { runs, stated } = mapped(runEvent({ eventType: 'START', outputs: [dropped] }))
    expect(stated(keyOfTable('orders'))).toBeUndefined()
    expect(runs[0]?.metadata).toMatchObject({ [`schema:${keyOfTable('orders')}`]: '[{"name":"id"}]' })
  })

  it('renames the old asset', () => {
    expect(changes(runEvent({ outputs: [changed('RENAME', before)] }))).toMatchObject([
      { key: keyOfTable('orders_old'), change: 'RENAMED', renamedTo: keyOfTable('orders') },
    ])
  })

  it('gives the renamed output the old asset as upstream, column by column, and no other output', () => {
    const schema = facet({ fields: [{ name: 'id', type: 'int' }] })
    const renamed = changed('RENAME', before, { schema })
    const { runs, output } = mapped(runEvent({ inputs: [dataset('rates')], outputs: [renamed, dataset('log')] }))
    expect(output(keyOfTable('orders'))).toMatchObject({
      inputs: [keyOfTable('orders_old'), keyOfTable('rates')],
      columnLineage: [{ column: 'id', inputs: [{ key: keyOfTable('orders_old'), column: 'id', kind: 'DIRECT' }] }],
    })
    expect(runs[0]?.inputs.map(({ key }) => key)).toEqual([keyOfTable('rates')])
    const [alone] = mapped(runEvent({ outputs: [changed('RENAME', before)] })).runs
    expect(alone).toMatchObject({ inputs: [{ key: keyOfTable('orders_old') }], outputs: [{ inputs: null }] })
  })

  it('renames nothing to itself', () => {
    const same = { previousIdentifier: { namespace: 'postgresql://DB', name: 'shop.public.orders' } }
    const event = runEvent({ outputs: [changed('RENAME', same)] })
    expect(changes(event)).toEqual([])
    expect(mapped(event).runs[0]?.inputs).toEqual([])
  })

  it.each(['TRUNCATE', 'OVERWRITE', 'CREATE', 'ALTER'])('is metadata of the materialization for %s', (change) => {
    const { output, assets } = mapped(runEvent({ outputs: [changed(change)] }))
    expect(output(keyOfTable('orders'))?.metadata).toEqual({
      lifecycleStateChange: JSON.stringify({ lifecycleStateChange: change }),
    })
    expect(assets).toEqual([])
  })
})
