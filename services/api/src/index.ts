export type { AssetCard } from './contract.ts'
