import { textWithoutSecrets } from './without-secrets.ts'

const address = /^([a-z0-9][a-z0-9+.-]*:\/\/)([^/]*)@(.*)$/s
const hidden = '***'

/**
 * The asset key without what a connection adds to it: `user:password@` is dropped, as from OpenLineage's names (docs/identity.md), so that
 * the key is the same with and without it. Other secrets in a key become `***`.
 */
export function keyWithoutSecrets(key: string): string {
  const masked = textWithoutSecrets(key)
  const [, scheme = '', user, rest = ''] = (key.includes('@') ? address.exec(masked) : null) ?? []
  return user?.includes(':') || user?.includes(hidden) ? `${scheme}${rest}` : masked
}
