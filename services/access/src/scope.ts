/** What a caller may do. */
export const scopes = ['ingest', 'read', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** What a route asks of its callers; `none` is open to everybody. */
export type AccessNeed = Scope | 'none'

/** Whether `held` is enough where `needed` is asked for: `admin` is enough everywhere. */
export const isEnough = (held: readonly Scope[], needed: Scope): boolean =>
  held.includes(needed) || held.includes('admin')
