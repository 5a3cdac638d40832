import type { AliasIndex } from '@headwater/lineage'
import type { Query } from './query.ts'

/** The tables of infra/clickhouse, read by one state of the aliases. */
export type Tables = { readonly query: Query; readonly aliases: AliasIndex }
