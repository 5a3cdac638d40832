import { describeAssetCatalog } from '../catalog/asset-catalog.contract.ts'
import { createInMemoryAssetCatalog } from './in-memory-asset-catalog.ts'

describeAssetCatalog('The in-memory catalog', async () => {
  const catalog = createInMemoryAssetCatalog()
  return { catalog, record: async (events) => void catalog.events.push(...events) }
})
