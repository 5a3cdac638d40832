import type { AliasAnswer } from '@headwater/api/contract'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import type { When } from '../terminal/when.ts'

export type AliasTableOptions = { readonly style: Style; readonly width: number | undefined; readonly when: When }

const sources = {
  declared: 'people',
  authority: 'authority',
  table_symlink: 'table of a path',
  symlink: 'tool',
  renamed: 'renamed',
  case: 'case of names',
} as const satisfies Record<AliasAnswer['members'][number]['source'], string>

function whenSaid({ source, since }: AliasAnswer['members'][number], when: When): string {
  if (since !== null) return when(since)
  return source === 'case' ? 'always' : 'configured'
}

/** The keys that mean an asset, the canonical one first, and what is said of them and not believed. */
export function aliasTable({ key, members, refused }: AliasAnswer, options: AliasTableOptions): readonly string[] {
  const { style, width, when } = options
  const rows = members.map((member) => [printable(member.key), sources[member.source], whenSaid(member, when)])
  const columns = [
    { title: 'Also known as', flexible: true },
    { title: 'Said by' },
    { title: 'When', paint: style.dim },
  ]
  return [
    style.bold(printable(key)),
    ...(rows.length === 0 ? ['No other key means it'] : formatTable(columns, rows, width)),
    ...refused.map((one) => printable(`Not believed (${one.reason}): ${one.alias} means ${one.asset}`)),
  ]
}
