import { describeAssetCatalog } from '../catalog/asset-catalog.contract.ts'
import { createInMemoryAssetCatalog } from './in-memory-asset-catalog.ts'

describeAssetCatalog('The in-memory catalog', async () => {
  const store = createInMemoryAssetCatalog()
  return { store, record: async (events) => void store.events.push(...events) }
})
