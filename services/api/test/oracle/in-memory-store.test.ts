import { describeAssetCatalog } from '../catalog/asset-catalog.contract.ts'
import { createInMemoryStore } from './in-memory-store.ts'

describeAssetCatalog('The in-memory catalog', async () => {
  const store = createInMemoryStore()
  return { store, record: async (events) => void store.events.push(...events) }
})
