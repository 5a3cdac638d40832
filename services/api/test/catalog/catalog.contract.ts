import { beforeAll, describe } from 'vitest'
import { describeAliases } from './alias-reader.contract.ts'
import { describeAssetCards } from './asset-card.contract.ts'
import { describeAssetLists } from './asset-lists.contract.ts'
import { describeChanges } from './change-reader.contract.ts'
import { describeColumns } from './column-reader.contract.ts'
import { describeEdges } from './edge-reader.contract.ts'
import { describeJobs } from './job-reader.contract.ts'
import type { RecordedCatalog } from './recorded-catalog.ts'
import { describeRuns } from './run-reader.contract.ts'

/** The contract of each port, for any store. Each test uses assets and jobs of its own. */
export function describeCatalog(name: string, open: () => Promise<RecordedCatalog>): void {
  describe(`${name} as a catalog`, () => {
    let opened: RecordedCatalog
    beforeAll(async () => {
      opened = await open()
    })
    describeAliases(() => opened)
    describeAssetCards(() => opened)
    describeAssetLists(() => opened)
    describeChanges(() => opened)
    describeColumns(() => opened)
    describeEdges(() => opened)
    describeJobs(() => opened)
    describeRuns(() => opened)
  })
}
