import { aliasIndex } from '@headwater/lineage'
import { describe, expect, it } from 'vitest'
import { AliasWatch } from '../../../src/clickhouse/aliases/alias-watch.ts'

/** A store whose reads end on demand. */
function slowStore() {
  const reads: { readonly index: ReturnType<typeof aliasIndex>; end(): void; fail(): void }[] = []
  const read = () => {
    const index = aliasIndex({ rows: [] })
    return new Promise<typeof index>((resolve, reject) => {
      reads.push({ index, end: () => resolve(index), fail: () => reject(new Error('away')) })
    })
  }
  return { reads, read }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a watch of aliases', () => {
  it('reads once for all concurrent calls, and once more for all calls of refresh meanwhile', async () => {
    const { reads, read } = slowStore()
    const watch = new AliasWatch({ read, maxAgeMs: 0 })
    const first = watch.refresh()
    const later = [watch.refresh(), watch.refresh(), watch.current()]
    expect(reads).toHaveLength(1)
    reads[0]?.end()
    expect(await first).toBe(reads[0]?.index)
    await turn()
    expect(reads).toHaveLength(2)
    reads[1]?.end()
    for (const index of await Promise.all(later)) expect(index).toBe(reads[1]?.index)
  })

  it('returns a read again until it is too old', async () => {
    const { reads, read } = slowStore()
    let now = 0
    const watch = new AliasWatch({ read, maxAgeMs: 10, now: () => now })
    const first = watch.current()
    reads[0]?.end()
    await first
    now = 9
    expect(await watch.current()).toBe(reads[0]?.index)
    now = 10
    const again = watch.current()
    reads[1]?.end()
    expect(await again).toBe(reads[1]?.index)
  })

  it('reads again after a failed read', async () => {
    const { reads, read } = slowStore()
    const watch = new AliasWatch({ read, maxAgeMs: 10 })
    const failing = watch.refresh()
    const waiting = watch.refresh()
    reads[0]?.fail()
    await expect(failing).rejects.toThrow('away')
    await turn()
    reads[1]?.end()
    expect(await waiting).toBe(reads[1]?.index)
  })
})
