import { expect, it } from 'vitest'
import { withResults } from '../../../src/chaos/report/with-results.ts'

it('Results take the place of earlier ones, and leave the rest of the page alone', () => {
  const page = '# Page\n\n<!-- results -->\n\nold\n\n<!-- end of results -->\n\nThe end\n'
  expect(withResults(page, 'new\n')).toBe('# Page\n\n<!-- results -->\n\nnew\n\n<!-- end of results -->\n\nThe end\n')
  expect(withResults(withResults('', 'a'), 'b')).toBe('<!-- results -->\n\nb\n\n<!-- end of results -->\n')
})
