export { type AppOptions, buildApp } from './app.ts'
export type { AssetCatalog } from './catalog/asset-catalog.ts'
export { createClickHouseAssetCatalog } from './clickhouse/clickhouse-catalog.ts'
export { createAsk } from './clickhouse/query.ts'
