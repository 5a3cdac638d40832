import { beforeAll, describe } from 'vitest'
import { describeCards } from './asset-card.contract.ts'
import { describeColumnLineage } from './column-lineage.contract.ts'
import { describeCurrentEdges } from './current-edges.contract.ts'
import { describeSaid } from './declared-facts.contract.ts'
import { describeLists } from './lists.contract.ts'
import type { RecordedCatalog } from './recorded-catalog.ts'

/** What every catalog answers, whatever keeps its assets. Each test has assets and jobs of its own. */
export function describeAssetCatalog(name: string, open: () => Promise<RecordedCatalog>): void {
  describe(`${name} as an asset catalog`, () => {
    let opened: RecordedCatalog
    beforeAll(async () => {
      opened = await open()
    })
    describeCurrentEdges(() => opened)
    describeColumnLineage(() => opened)
    describeCards(() => opened)
    describeLists(() => opened)
    describeSaid(() => opened)
  })
}
