import { expect, test } from 'vitest'
import { barChart, lineChart } from '../../src/teams/charts.ts'

const marks = [
  { label: 'low', value: 1 },
  { label: 'high', value: 4 },
  { label: 'middle', value: 2 },
]

test('the height of a bar is proportional to its value', () => {
  const heights = [...barChart('t', marks, String).matchAll(/<rect .*height="([\d.]+)"/g)].map(([, height]) => height)
  expect(heights.map(Number)).toEqual([50, 200, 100])
})

test('a line has a point for each value and labels the highest', () => {
  const chart = lineChart('t', marks, (value) => `${value}!`)
  expect(chart.match(/points="([^"]+)"/)?.[1]?.split(' ')).toHaveLength(3)
  expect(chart).toContain('>4!<')
})

test('texts cannot break out of the page', () => {
  expect(barChart('<b>', [{ label: 'A&"B', value: 1 }], String)).not.toMatch(/<b>|A&"/)
})
