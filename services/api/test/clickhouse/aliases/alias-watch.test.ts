import { aliasIndex } from '@headwater/lineage'
import { describe, expect, it } from 'vitest'
import { AliasWatch } from '../../../src/clickhouse/aliases/alias-watch.ts'

/** A store whose looks end when they are told to. */
function slowStore() {
  const looks: { readonly index: ReturnType<typeof aliasIndex>; end(): void; fail(): void }[] = []
  const look = () => {
    const index = aliasIndex({ rows: [] })
    return new Promise<typeof index>((resolve, reject) => {
      looks.push({ index, end: () => resolve(index), fail: () => reject(new Error('away')) })
    })
  }
  return { looks, look }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a watch of aliases', () => {
  it('looks once for all who ask meanwhile, and once more for all who refresh', async () => {
    const { looks, look } = slowStore()
    const watch = new AliasWatch({ read: look, maxAgeMs: 0 })
    const first = watch.refresh()
    const later = [watch.refresh(), watch.refresh(), watch.current()]
    expect(looks).toHaveLength(1)
    looks[0]?.end()
    expect(await first).toBe(looks[0]?.index)
    await turn()
    expect(looks).toHaveLength(2)
    looks[1]?.end()
    for (const index of await Promise.all(later)) expect(index).toBe(looks[1]?.index)
  })

  it('hands out what it knows until that is too old', async () => {
    const { looks, look } = slowStore()
    let now = 0
    const watch = new AliasWatch({ read: look, maxAgeMs: 10, now: () => now })
    const asked = watch.current()
    looks[0]?.end()
    await asked
    now = 9
    expect(await watch.current()).toBe(looks[0]?.index)
    now = 10
    const again = watch.current()
    looks[1]?.end()
    expect(await again).toBe(looks[1]?.index)
  })

  it('looks again after a look that failed', async () => {
    const { looks, look } = slowStore()
    const watch = new AliasWatch({ read: look, maxAgeMs: 10 })
    const failing = watch.refresh()
    const waiting = watch.refresh()
    looks[0]?.fail()
    await expect(failing).rejects.toThrow('away')
    await turn()
    looks[1]?.end()
    expect(await waiting).toBe(looks[1]?.index)
  })
})
