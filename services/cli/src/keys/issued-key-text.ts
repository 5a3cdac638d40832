import type { KeyRecord } from '@headwater/access/keys'
import { shellWord } from '@headwater/config/shell-word'
import { formatUtc } from '../terminal/utc.ts'
import { bindingText } from './binding-text.ts'

export type IssuedKeyText = {
  readonly file: string
  /** Whether HEADWATER_KEYS_FILE names the file. */
  readonly isConfigured: boolean
}

/** What to know about a key that was just created, printed after the key itself. */
export function issuedKeyText(record: KeyRecord, { file, isConfigured }: IssuedKeyText): readonly string[] {
  const { id, name, scopes, expiresAt } = record
  const binding = bindingText(record)
  const until = expiresAt === undefined ? 'until it is revoked' : `until ${formatUtc(expiresAt)}`
  const allows = (scope: 'ingest' | 'read') => scopes.includes(scope) || scopes.includes('admin')
  return [
    `Store this key now: it is not shown again. ${shellWord(file)} keeps only its hash`,
    `Key ${id} (${name}): ${scopes.join(', ')}; valid ${until}`,
    ...(binding === '' ? [] : [`It may report ${binding}; its runs may read any asset`]),
    ...(allows('ingest') ? ['OpenLineage producers: set OPENLINEAGE_API_KEY to it'] : []),
    ...(allows('read') ? ['This command line: set HEADWATER_API_KEY to it'] : []),
    'Any other client: send the header Authorization: Bearer <key>',
    ...(isConfigured
      ? []
      : [`The API and the gateway require keys when they are started with HEADWATER_KEYS_FILE=${shellWord(file)}`]),
  ]
}
