import type { AssetEvent, CheckEvent } from '@headwater/schemas'
import type { SeededRandom } from '../seeded-random.ts'

type AssetParts = Partial<AssetEvent> & Pick<AssetEvent, 'key' | 'change'>

/** A change of an asset outside a run. Without aliases and renames, which the reference does not implement. */
export function assetEventParts(random: SeededRandom, key: string, number: number): AssetParts {
  switch (random.below(6)) {
    case 0:
    case 1:
      return { key, change: 'DROPPED' }
    case 2:
      return {
        key,
        change: 'DESCRIBED',
        properties: { name: `Asset ${number}`, description: 'Described under load', url: null, owners: ['chaos'] },
      }
    case 3:
      return { key, change: 'OWNED', owners: [`owner${number % 7}`] }
    case 4:
      return { key, change: 'TAGGED', tags: [`tag${number % 5}`, 'chaos'] }
    default:
      return { key, change: 'POLICY_SET', policy: null }
  }
}

type CheckParts = Pick<CheckEvent, 'key' | 'runId'> & { readonly check: Partial<CheckEvent['check']> }

export function checkEventParts(random: SeededRandom, key: string, number: number): CheckParts {
  return {
    key,
    runId: random.chance(0.5) ? `run-${number}` : null,
    check: {
      name: `check${random.below(4)}`,
      column: random.chance(0.3) ? 'id' : null,
      status: random.pick(['PASS', 'PASS', 'WARN', 'FAIL']),
      actual: String(number),
    },
  }
}
