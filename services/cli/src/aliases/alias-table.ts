import type { AliasAnswer } from '@headwater/api/contract'
import { printable } from '../terminal/printable.ts'
import type { Style } from '../terminal/style.ts'
import { formatTable } from '../terminal/table.ts'
import type { When } from '../terminal/when.ts'

export type AliasTableOptions = { readonly style: Style; readonly width: number | undefined; readonly when: When }

const sources = {
  declared: 'person',
  authority: 'authority rule',
  table_symlink: 'table of a path',
  symlink: 'tool',
  renamed: 'rename',
  case: 'case of names',
} as const satisfies Record<AliasAnswer['members'][number]['source'], string>

function whenDeclared({ source, since }: AliasAnswer['members'][number], when: When): string {
  if (since !== null) return when(since)
  return source === 'case' ? 'always' : 'configured'
}

/** The canonical key of an asset, its aliases, and aliases that were refused. */
export function aliasTable({ key, members, refused }: AliasAnswer, options: AliasTableOptions): readonly string[] {
  const { style, width, when } = options
  const rows = members.map((member) => [printable(member.key), sources[member.source], whenDeclared(member, when)])
  const columns = [{ title: 'Alias', flexible: true }, { title: 'Declared by' }, { title: 'When', paint: style.dim }]
  return [
    style.bold(printable(key)),
    ...(rows.length === 0 ? ['No aliases'] : formatTable(columns, rows, width)),
    ...refused.map((one) => printable(`Refused (${one.reason}): ${one.alias} as an alias of ${one.asset}`)),
  ]
}
