import { describe, expect, it } from 'vitest'
import { metadataMap } from '../../src/text/metadata-map.ts'

const sizeOf = (map: Record<string, string>) =>
  Object.values(map).reduce((sum, text) => sum + Buffer.byteLength(text), 0)

describe('metadataMap', () => {
  it('is sorted by name, also within values', () => {
    expect(
      JSON.stringify(
        metadataMap([
          ['b', { z: 1, a: null, c: [{ y: 1, x: 2 }] }],
          ['a', 'text'],
        ]),
      ),
    ).toBe('{"a":"\\"text\\"","b":"{\\"c\\":[{\\"x\\":2,\\"y\\":1}],\\"z\\":1}"}')
  })

  it('cuts a value above 64 KiB to its head and records its size', () => {
    const { plan } = metadataMap([['plan', 'é'.repeat(40_000)]])
    expect(JSON.parse(plan ?? '')).toEqual({ _cut: true, bytes: 80_002, head: `"${'é'.repeat(4095)}` })
  })

  it('keeps the total below 256 KiB by cutting the largest values first', () => {
    const map = metadataMap(['a', 'b', 'c', 'd', 'e'].map((name, place) => [name, 'x'.repeat(50_000 + place * 2_000)]))
    expect(sizeOf(map)).toBeLessThanOrEqual(256 * 1024)
    expect(Object.keys(map).filter((name) => map[name]?.includes('_cut'))).toEqual(['e'])
  })

  it('survives any nesting', () => {
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep }
    expect(metadataMap([['deep', deep]])['deep']).toContain('"deeperThan":64')
  })

  it('adjusts names to the limits of names', () => {
    expect(
      Object.keys(
        metadataMap([
          ['__proto__', 1],
          ['a\u0000', 2],
        ]),
      ),
    ).toEqual(['__proto__', 'a%00'])
  })
})
