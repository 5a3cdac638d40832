import { expect, test } from 'vitest'
import { multipartFields } from '../../src/clickhouse/multipart.ts'

const type = 'multipart/form-data; boundary=xyz'
const form = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))

test('fields come with their bytes, line ends and look-alikes of the boundary included', () => {
  const body = form('--xyz\nContent-Disposition: form-data; name="query"\n\nSELECT\n1 --xy é\n--xyz--\n')
  expect([...multipartFields(body, type)]).toEqual([['query', 'SELECT\r\n1 --xy é']])
})

test('a form that breaks off is refused', () => {
  expect(() => multipartFields(form('--xyz\nContent-Disposition: form-data; name="a"\n\n1'), type)).toThrow(RangeError)
})

test('a form without a boundary is refused', () => {
  expect(() => multipartFields(form('--xyz--'), 'multipart/form-data')).toThrow(RangeError)
})
