import { describeCatalog } from '../catalog/catalog.contract.ts'
import { createInMemoryAssetCatalog } from './in-memory-asset-catalog.ts'

describeCatalog('The in-memory catalog', async () => {
  const store = createInMemoryAssetCatalog()
  return { store, record: async (events) => void store.events.push(...events) }
})
