export { type AssetKey, assetKeyProblem, maxAssetKeyLength, parseAssetKey, platformOf } from './asset-key.ts'
