import { ClickHouseError } from '@clickhouse/client'
import { expect, it } from 'vitest'
import { clickHouseFailure, IncompleteAnswer } from '../../src/index.ts'

const answered = (code: number) => new ClickHouseError({ message: 'no', code: String(code), type: 'SOME_TEXT' })
const kindOf = (error: unknown) => clickHouseFailure(error).kind

it('waits for full disks, quorums, restarts, quotas, object stores and load', () => {
  for (const code of [
    ...[23, 74, 75, 76, 107, 173, 198, 201, 202, 209, 210, 225, 236, 242, 243, 252, 254, 279, 285, 286, 319],
    ...[
      379, 394, 410, 425, 439, 473, 499, 517, 571, 659, 693, 722, 733, 745, 749, 762, 776, 777, 999, 1000, 1001, 1002,
    ],
  ]) {
    expect({ code, kind: kindOf(answered(code)) }).toEqual({ code, kind: 'passing' })
  }
})

it('tells limits, missing tables, missing rights and refusals apart', () => {
  expect([158, 159, 160, 241, 307, 396].map((code) => kindOf(answered(code)))).toEqual(Array(6).fill('limit'))
  expect([60, 81, 218].map((code) => kindOf(answered(code)))).toEqual(Array(3).fill('missing'))
  expect([164, 192, 194, 452, 497, 516].map((code) => kindOf(answered(code)))).toEqual(Array(6).fill('denied'))
  expect([36, 47, 53, 62, 115, 4711].map((code) => kindOf(answered(code)))).toEqual(Array(6).fill('refused'))
})

it('knows a code by its text when the client does not', () => {
  expect(clickHouseFailure(new Error('Code: 243. DB::Exception: Cannot reserve 1 MiB\n'))).toEqual({
    ...{ kind: 'passing', name: 'NOT_ENOUGH_SPACE' },
    text: 'Cannot reserve 1 MiB (NOT_ENOUGH_SPACE, code 243)',
  })
  expect(kindOf(new Error('Code: 62. DB::Exception: Syntax error'))).toBe('refused')
})

it('waits for whatever is no answer of ClickHouse, and says so in one line', () => {
  const page = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>'
  expect(clickHouseFailure(new Error(page))).toEqual({
    ...{ kind: 'passing', name: 'NOT_CLICKHOUSE' },
    text: 'not an answer of ClickHouse: a page "502 Bad Gateway"',
  })
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  expect(clickHouseFailure(reset)).toEqual({ kind: 'passing', name: 'NO_CONNECTION', text: 'read ECONNRESET' })
  expect(kindOf(new Error('Timeout error.'))).toBe('passing')
  expect(kindOf(new Error(''))).toBe('passing')
  expect(kindOf(new IncompleteAnswer('cut'))).toBe('passing')
})

it('waits neither for certificates nor for its own faults', () => {
  const untrusted = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  expect(clickHouseFailure(untrusted)).toMatchObject({
    kind: 'denied',
    text: expect.stringContaining('CLICKHOUSE_TLS_CA'),
  })
  expect(kindOf(new TypeError('x is not a function'))).toBe('refused')
})
