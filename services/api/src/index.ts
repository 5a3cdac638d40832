export { type AppOptions, buildApp } from './app.ts'
export { createAsk } from './ask.ts'
export type { AssetCatalog } from './asset-catalog.ts'
export { createClickHouseAssetCatalog } from './clickhouse-asset-catalog.ts'
