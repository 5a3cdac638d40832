import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasIndex } from '../../../src/identity/aliases/alias-index.ts'
import type { AliasRow, AliasSource } from '../../../src/identity/aliases/alias-row.ts'
import { keys, row, world } from './random-statements.ts'

const aliasRow = (asset: string, alias: string, source: AliasSource, aliasedAt = 1, unaliasedAt = 0): AliasRow => {
  return { asset, alias, source, aliasedAt, unaliasedAt }
}
const index = (...rows: readonly AliasRow[]) => aliasIndex({ rows })

describe('aliasIndex', () => {
  it('depends neither on the order of rows nor on repetition', () => {
    fc.assert(
      fc.property(
        world.chain((facts) =>
          fc.tuple(
            fc.constant(facts),
            fc.shuffledSubarray(facts.rows, { minLength: facts.rows.length }),
            fc.subarray(facts.rows),
          ),
        ),
        ([facts, shuffled, again]) => {
          const [a, b] = [aliasIndex(facts), aliasIndex({ ...facts, rows: [...shuffled, ...again] })]
          expect(keys.map(b.canonical)).toEqual(keys.map(a.canonical))
          expect(b.groups).toEqual(a.groups)
          expect([b.refused, b.refusedRules]).toEqual([a.refused, a.refusedRules])
        },
      ),
    )
  })

  it('gives each key one group, and each group a canonical key that is canonical itself', () => {
    fc.assert(
      fc.property(world, (facts) => {
        const of = aliasIndex(facts)
        for (const each of keys) {
          const canonical = of.canonical(each)
          expect(of.canonical(canonical)).toBe(canonical)
          expect(of.keysOf(each)[0]).toBe(canonical)
          expect(of.keysOf(each)).toContain(each)
          for (const member of of.keysOf(each)) expect(of.canonical(member)).toBe(canonical)
        }
        const members = of.groups.flatMap((group) => group.members)
        expect(new Set(members).size).toBe(members.length)
      }),
    )
  })

  it('never lets tools merge two tables of one platform and authority', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const tools = rows.filter(({ source }) => source.endsWith('symlink'))
        for (const { members } of aliasIndex({ rows: tools }).groups) {
          const places = members
            .filter((each) => !each.startsWith('s3:'))
            .map((each) => each.split('/').slice(0, 3).join('/'))
          expect(new Set(places).size).toBe(places.length)
        }
      }),
    )
  })

  it('groups exactly the keys that statements connect', () => {
    fc.assert(
      fc.property(world, (facts) => {
        for (const { members, statements } of aliasIndex(facts).groups) {
          const connected = new Set(members.slice(0, 1))
          for (const _ of statements)
            for (const { asset, alias } of statements)
              if (connected.has(asset) || connected.has(alias)) connected.add(asset).add(alias)
          expect([...connected].toSorted()).toEqual(members.toSorted())
        }
      }),
    )
  })

  it('returns to its earlier state when an alias of a tool is removed', () => {
    fc.assert(
      fc.property(world, row, ({ rows, lastSuccess }, more) => {
        const source = more.source === 'declared' ? 'symlink' : more.source
        const others = rows.filter((known) => known.source !== source)
        const [a, b] = [
          aliasIndex({ rows: others, lastSuccess }),
          aliasIndex({ rows: [...others, { ...more, source, aliasedAt: 5, unaliasedAt: 6 }], lastSuccess }),
        ]
        expect(b.groups).toEqual(a.groups)
        expect(keys.map(b.canonical)).toEqual(keys.map(a.canonical))
      }),
    )
  })

  it('does not change keys without rows', () => {
    expect(index().canonical('s3://a/b')).toBe('s3://a/b')
    expect(index().isEmpty).toBe(true)
  })
})

describe('A declaration of people', () => {
  it('overrides tools, however often they repeat an alias, and in either direction', () => {
    const denied = index(
      aliasRow('s3://a/x', 's3://a/y', 'declared', 1, 2),
      aliasRow('s3://a/y', 's3://a/x', 'symlink', 9),
    )
    expect(denied.groups).toEqual([])
    const again = index(aliasRow('s3://a/x', 's3://a/y', 'declared', 3, 2))
    expect(again.canonical('s3://a/y')).toBe('s3://a/x')
  })

  it('is in effect where it is added and removed at the same time', () => {
    expect(index(aliasRow('s3://a/x', 's3://a/y', 'declared', 2, 2)).canonical('s3://a/y')).toBe('s3://a/x')
  })

  it('separates keys that tools would join through a third key, and lists the refusal', () => {
    const of = index(
      aliasRow('s3://a/x', 's3://a/y', 'declared', 0, 2),
      aliasRow('s3://a/x', 's3://a/z', 'symlink'),
      aliasRow('s3://a/y', 's3://a/z', 'symlink'),
    )
    expect(of.canonical('s3://a/x')).not.toBe(of.canonical('s3://a/y'))
    expect(of.refused).toMatchObject([{ asset: 's3://a/y', alias: 's3://a/z', reason: 'denied' }])
  })

  it('may merge two tables, and more keys than tools may', () => {
    const many = Array.from({ length: 60 }, (_, at) => aliasRow('hive://h/d/a', `hive://h/d/t${at}`, 'declared'))
    expect(index(...many).groups).toMatchObject([{ key: 'hive://h/d/a', members: { length: 61 } }])
  })
})

describe('An alias of a tool', () => {
  it('joins a path with one table, and is refused for a second', () => {
    const of = index(
      aliasRow('s3://lake/p', 'hive://h/default/b', 'table_symlink'),
      aliasRow('s3://lake/p', 'hive://h/default/a', 'table_symlink'),
    )
    expect(of.canonical('s3://lake/p')).toBe('hive://h/default/a')
    expect(of.canonical('hive://h/default/b')).toBe('hive://h/default/b')
    expect(of.refused).toMatchObject([
      {
        alias: 'hive://h/default/b',
        reason: 'two_tables',
        between: ['hive://h/default/a', 'hive://h/default/b'].toSorted(),
      },
    ])
  })

  it('gives a table in a folder one path, since another machine may have a folder of that name', () => {
    const shared = 'file:///opt/spark/warehouse/default.tmp'
    const of = index(
      aliasRow('s3://lake/orders', shared, 'table_symlink'),
      aliasRow('s3://lake/customers', shared, 'table_symlink'),
    )
    expect(of.canonical('s3://lake/orders')).toBe('s3://lake/orders')
    expect(of.canonical('s3://lake/customers')).toBe('s3://lake/customers')
    expect(of.refused).toMatchObject([{ asset: 's3://lake/orders', reason: 'two_tables' }])
  })

  it('treats partitions of a path as that path', () => {
    const table = 's3://lake/shop.orders'
    const days = ['s3://lake/shop/orders', 's3://lake/shop/orders/dt=2026-01-01', 's3://lake/shop/orders/dt=2026-01-02']
    const of = index(...days.map((day) => aliasRow(day, table, 'table_symlink')))
    expect(of.groups).toMatchObject([{ key: 's3://lake/shop/orders', members: { length: 4 } }])
  })

  it('joins all paths that have held a table of a catalog server', () => {
    const of = index(
      aliasRow('s3://lake/orders', 'hive://h/shop/orders', 'table_symlink'),
      aliasRow('s3://pond/orders', 'hive://h/shop/orders', 'table_symlink'),
    )
    expect(of.canonical('s3://pond/orders')).toBe('hive://h/shop/orders')
  })

  it('gives an asset at most 50 keys', () => {
    const many = Array.from({ length: 60 }, (_, at) => aliasRow('s3://a/x', `s3://a/y${at}`, 'symlink'))
    const of = index(...many)
    expect(of.groups).toMatchObject([{ members: { length: 50 } }])
    expect(of.refused).toHaveLength(11)
    expect(of.refused[0]).toMatchObject({ reason: 'too_many_keys' })
  })
})

describe('A rename', () => {
  it('makes only the old key a former key', () => {
    const of = index(
      aliasRow('hive://h/d/b', 'hive://h/d/a', 'renamed', 1),
      aliasRow('hive://h/d/b', 's3://a/b', 'symlink', 1),
    )
    expect(['a', 'b', 'c'].map((name) => of.isFormer(`hive://h/d/${name}`))).toEqual([true, false, false])
    expect(of.isFormer('s3://a/b')).toBe(false)
  })

  it('resolves the old key to the last new one', () => {
    const of = index(
      aliasRow('hive://h/d/b', 'hive://h/d/a', 'renamed', 1),
      aliasRow('hive://h/d/c', 'hive://h/d/b', 'renamed', 2),
    )
    expect(of.canonical('hive://h/d/a')).toBe('hive://h/d/c')
  })

  it.each(['a', 'z'])('resolves to the table that the path holds now, whatever its former name (%s)', (old) => {
    const of = index(
      aliasRow(`s3://lake/${old}`, `hive://h/d/${old}`, 'table_symlink', 1),
      aliasRow('s3://lake/orders', `s3://lake/${old}`, 'renamed', 2),
      aliasRow('s3://lake/orders', 'hive://h/d/orders', 'table_symlink', 2),
    )
    expect(of.canonical(`s3://lake/${old}`)).toBe('hive://h/d/orders')
    expect(of.canonical('hive://h/d/orders')).toBe('hive://h/d/orders')
    const inFolder = index(
      aliasRow(`s3://lake/${old}`, `s3://lake/d.${old}`, 'table_symlink', 1),
      aliasRow('s3://lake/orders', `s3://lake/${old}`, 'renamed', 2),
      aliasRow('s3://lake/orders', 's3://lake/d.orders', 'table_symlink', 2),
    )
    expect(inFolder.canonical(`s3://lake/d.${old}`)).toBe('s3://lake/orders')
  })

  it('does not merge tables that swapped names', () => {
    const of = index(
      aliasRow('hive://h/d/orders_old', 'hive://h/d/orders', 'renamed', 5),
      aliasRow('hive://h/d/orders', 'hive://h/d/orders_new', 'renamed', 5),
    )
    expect(of.canonical('hive://h/d/orders_old')).toBe('hive://h/d/orders_old')
    expect(of.canonical('hive://h/d/orders_new')).toBe('hive://h/d/orders')
  })

  it('ends when the old key is written again', () => {
    const rows = [aliasRow('hive://h/d/b', 'hive://h/d/a', 'renamed', 5)]
    const writtenAt = (at: number) =>
      aliasIndex({ rows, lastSuccess: (of) => (of === 'hive://h/d/a' ? at : undefined) })
    expect(writtenAt(5).canonical('hive://h/d/a')).toBe('hive://h/d/b')
    expect(writtenAt(6).canonical('hive://h/d/a')).toBe('hive://h/d/a')
  })
})

describe('The canonical key', () => {
  it.each<[string, readonly AliasRow[], string]>([
    [
      'the declared asset',
      [aliasRow('s3://long/path', 'hive://h/a', 'declared'), aliasRow('s3://long/path', 'hive://g/a', 'table_symlink')],
      's3://long/path',
    ],
    [
      'the latest declared asset, where two are declared aliases of each other',
      [aliasRow('s3://a/x', 's3://a/y', 'declared', 1), aliasRow('s3://a/y', 's3://a/x', 'declared', 2)],
      's3://a/y',
    ],
    [
      'else the table of a table symlink',
      [aliasRow('s3://a/x', 'hive://h/default/a', 'table_symlink'), aliasRow('s3://a/x', 'glue://r/a', 'symlink')],
      'hive://h/default/a',
    ],
    [
      'else the path of a table in a folder, although its name in the folder is shorter or first',
      [aliasRow('s3://lake/shop/orders', 's3://lake/shop.orders', 'table_symlink')],
      's3://lake/shop/orders',
    ],
    ['else a table before a path', [aliasRow('s3://a/x', 'hive://host/default/a', 'symlink')], 'hive://host/default/a'],
    ['else the shortest', [aliasRow('s3://a/longer', 's3://a/x', 'symlink')], 's3://a/x'],
    ['else the first by code points', [aliasRow('s3://a/y', 's3://a/x', 'symlink')], 's3://a/x'],
  ])('is %s', (_, rows, expected) => {
    expect(index(...rows).groups[0]?.key).toBe(expected)
  })
})
