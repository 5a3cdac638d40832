import type { AssetSummary } from '@headwater/api/contract'
import type { Style } from '../terminal/style.ts'

export type Sign = { readonly text: string; readonly paint: (text: string) => string }

/** The health of an asset as one character, readable without colour. */
export function healthSign(asset: Pick<AssetSummary, 'health' | 'lastState' | 'dropped'>, style: Style): Sign {
  if (asset.dropped) return { text: '⊘', paint: style.dim }
  switch (asset.health) {
    case 'HEALTHY':
      return { text: '✓', paint: style.green }
    case 'FAILED':
      return { text: '✗', paint: style.red }
    case 'WARNING':
    case 'DEGRADED':
      return { text: '!', paint: style.yellow }
    case 'UNKNOWN': {
      const runs = asset.lastState === 'STARTED' || asset.lastState === 'RUNNING'
      return runs ? { text: '…', paint: style.yellow } : { text: '·', paint: style.dim }
    }
    default:
      return asset.health satisfies never
  }
}

export const signLegend = '✓ healthy  ✗ failed  ! warning  … running  · no run wrote it  ⊘ dropped'
