import { describeCatalog } from '../catalog/catalog.contract.ts'
import { createInMemoryStore } from './in-memory-store.ts'

describeCatalog('The in-memory catalog', async () => {
  const store = createInMemoryStore()
  return { store, record: async (events) => void store.events.push(...events) }
})
