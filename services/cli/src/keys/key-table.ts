import { type KeyRecord, stateOfKey } from '@headwater/access/keys'
import { formatAge } from '../terminal/age.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import { bindingText } from './binding-text.ts'

export type KeyTable = {
  readonly keys: readonly KeyRecord[]
  readonly style: Style
  readonly width: number | undefined
  readonly now: number
}

/** Keys as a table, in order of creation. */
export function keyTable({ keys, style, width, now }: KeyTable): readonly string[] {
  const isAnyBound = keys.some((key) => bindingText(key) !== '')
  const rows = keys.map((key) => [
    key.name,
    key.id,
    key.scopes.join(', '),
    stateOfKey(key, now),
    formatAge(key.createdAt, now),
    endText(key, now),
    ...(isAnyBound ? [bindingText(key)] : []),
  ])
  const columns = [
    { title: 'Name', flexible: true },
    { title: 'Id', paint: style.dim },
    { title: 'Scopes' },
    { title: 'State', paint: (text: string) => (text === 'active' ? style.green(text) : style.dim(text)) },
    { title: 'Created', paint: style.dim },
    { title: 'Ends' },
    ...(isAnyBound ? [{ title: 'Bound to' }] : []),
  ]
  return formatTable(columns, rows, width)
}

function endText({ expiresAt, revokedAt }: KeyRecord, now: number): string {
  if (revokedAt !== undefined) return `revoked ${formatAge(revokedAt, now)}`
  return formatAge(expiresAt ?? null, now)
}
