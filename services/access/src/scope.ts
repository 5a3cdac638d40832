/** The permissions of a caller. */
export const scopes = ['ingest', 'read', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** The scope that a route requires; `none` for a route without authentication. */
export type AccessNeed = Scope | 'none'

/** Whether the scopes `held` include `needed`; `admin` includes every scope. */
export const isEnough = (held: readonly Scope[], needed: Scope): boolean =>
  held.includes(needed) || held.includes('admin')
