import type { KeyRecord } from '@headwater/access/keys'
import { formatUtc } from '../terminal/utc.ts'

export type IssuedKeyText = {
  readonly file: string
  /** Whether the environment tells services of the file. */
  readonly isServed: boolean
}

/** What to know of a key that was just made, below the key itself. */
export function issuedKeyText(
  { id, name, scopes, expiresAt }: KeyRecord,
  { file, isServed }: IssuedKeyText,
): readonly string[] {
  const until = expiresAt === undefined ? 'until it is revoked' : `until ${formatUtc(expiresAt)}`
  const may = (scope: 'ingest' | 'read') => scopes.includes(scope) || scopes.includes('admin')
  return [
    `This is shown only now: only its hash is kept, in ${file}`,
    `Key ${id} (${name}): ${scopes.join(', ')}; good ${until}`,
    ...(may('ingest') ? ['Producers of OpenLineage send it when OPENLINEAGE_API_KEY is set to it'] : []),
    ...(may('read') ? ['headwater asks with it when HEADWATER_API_KEY is set to it'] : []),
    'Any other client: the header Authorization: Bearer <key>',
    ...(isServed ? [] : [`API and gateway ask for keys when they are started with HEADWATER_KEYS_FILE=${file}`]),
  ]
}
