export { type AppOptions, buildApp } from './app.ts'
export type { Catalog, CatalogStore } from './catalog/catalog.ts'
export { createClickHouseStore } from './clickhouse/clickhouse-store.ts'
export { createQuery } from './clickhouse/query.ts'
