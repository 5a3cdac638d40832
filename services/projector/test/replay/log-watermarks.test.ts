import { describe, expect, it } from 'vitest'
import { countUpTo, reaches, requireWholeLog } from '../../src/replay/log-watermarks.ts'

const watermarks = new Map([
  [0, { low: 0, high: 10 }],
  [1, { low: 5, high: 8 }],
])

describe('a log that tables are rebuilt from', () => {
  it('must not have lost its beginning or its end', () => {
    const need = (folded: [number, number][], accept = false, neverFolded: [number, number][] = []) =>
      requireWholeLog('t', watermarks, new Map(folded), new Map(neverFolded), accept)
    expect(() => need([[0, 9]])).not.toThrow()
    expect(() => need([[0, 10]])).toThrow(expect.objectContaining({ code: 'LOG_SHORTER_THAN_TABLES' }))
    expect(() => need([[2, 0]])).toThrow(expect.objectContaining({ code: 'LOG_SHORTER_THAN_TABLES' }))
    expect(() => need([[1, 7]])).toThrow(expect.objectContaining({ code: 'LOG_EXPIRED' }))
    expect(() => need([[1, 7]], true)).not.toThrow()
    expect(() => need([[1, 7]], false, [[1, 5]])).not.toThrow() // the tables lack the same records
    expect(() => need([[1, 7]], false, [[1, 6]])).not.toThrow()
    expect(() => need([[1, 7]], false, [[1, 3]])).toThrow(
      /begins at offset 5, and the tables also hold the records from 3 to 4/,
    )
    expect(() => need([[1, 7]], false, [[0, 5]])).toThrow(expect.objectContaining({ code: 'LOG_EXPIRED' }))
    expect(() => need([[1, 8]], true)).toThrow(expect.objectContaining({ code: 'LOG_SHORTER_THAN_TABLES' }))
  })

  it('counts the records up to a position', () => {
    expect(
      countUpTo(
        watermarks,
        new Map([
          [0, 3],
          [1, 6],
        ]),
      ),
    ).toBe(4 + 2)
  })

  it('is reached when every partition is', () => {
    expect(reaches(new Map([[0, 5]]), new Map())).toBe(true)
    expect(reaches(new Map([[0, 5]]), new Map([[0, 5]]))).toBe(true)
    expect(reaches(new Map([[0, 5]]), new Map([[0, 6]]))).toBe(false)
    expect(reaches(new Map(), new Map([[1, 0]]))).toBe(false)
  })
})
