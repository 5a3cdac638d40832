import { expect, it } from 'vitest'
import { similarNames } from '../../src/answers/similar-names.ts'

it('similar names are sorted by edit distance, ignoring case', () => {
  const names = ['order_id', 'ORDER_IDS', 'ordered', 'amount', 'orderid']
  expect(similarNames('OrderId', names, 4)).toEqual(['orderid', 'order_id', 'ordered', 'ORDER_IDS'])
  expect(similarNames('zzz', names, 3)).toEqual([])
})
