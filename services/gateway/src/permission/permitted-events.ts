import { AccessError, type Binding, type Principal } from '@headwater/access'
import type { HeadwaterEvent } from '@headwater/schemas'
import { type Claim, namespacesOf, writesOf } from './claims-of.ts'
import { isWithin } from './is-within.ts'
import { neededScope } from './needed-scope.ts'
import { withStatementsOfReads } from './stated-of-reads.ts'

type Bound = Extract<Principal, { readonly kind: 'key' }> & { readonly binding: Binding }

/**
 * The events of one report as `principal` may report them: unchanged, but for what a bound key states of assets that it reads.
 * @param principal undefined while access is open: everything is permitted
 * @param source of a native event, pointers point into what was sent; OpenLineage's events have another shape
 * @throws AccessError missing_scope, outside_binding
 */
export function permittedEvents(
  events: readonly HeadwaterEvent[],
  principal: Principal | undefined,
  source: 'native' | 'openlineage' | 'topic',
): readonly HeadwaterEvent[] {
  if (principal === undefined || principal.scopes.includes('admin')) return events
  const needy = events.find((event) => neededScope(event) === 'admin')
  if (needy !== undefined) throw missingScope(needy, principal)
  if (principal.kind !== 'key' || principal.binding === undefined) return events
  const { binding } = principal
  const { prefixes } = binding
  const kept = prefixes === undefined ? events : withStatementsOfReads(events, (key) => isWithin(key, prefixes))
  const refused = kept.flatMap((event) => outside(event, binding))
  if (refused.length > 0) throw outsideBinding(refused, { ...principal, binding }, source === 'native')
  return kept
}

const outside = (event: HeadwaterEvent, { namespaces, prefixes }: Binding): readonly Claim[] => [
  ...namespacesOf(event).filter(({ value }) => !namespaces.includes(value)),
  ...(prefixes === undefined ? [] : writesOf(event).filter(({ value }) => !isWithin(value, prefixes))),
]

function missingScope({ event }: HeadwaterEvent, { scopes: held }: Principal): AccessError {
  const { change, aliasSource } = 'change' in event ? event : { change: '', aliasSource: '' }
  const detail = `${change} with aliasSource ${aliasSource} needs the scope admin; the credential has: ${held.join(', ')}`
  return new AccessError('missing_scope', detail, {
    required: 'admin',
    held,
    errors: [{ pointer: '/change', detail }],
  })
}

const maxShown = 20

function outsideBinding(refused: readonly Claim[], { id, name, binding, scopes }: Bound, isNative: boolean) {
  const distinct = [...new Map(refused.map((claim) => [`${claim.act}\n${claim.value}`, claim])).values()]
  const errors = distinct.slice(0, maxShown).map(({ pointer, act, value }) => ({
    pointer: isNative ? pointer : '',
    detail: `The event ${act} ${value}`,
  }))
  const { namespaces, prefixes } = binding
  const bounds = [
    `jobs in ${listed(namespaces)}`,
    ...(prefixes === undefined ? [] : [`assets under ${listed(prefixes)}`]),
  ].join(', and ')
  const more = distinct.length > 1 ? ` (and ${distinct.length - 1} more)` : ''
  const detail = `${errors[0]?.detail}${more}, which key ${id} (${name}) may not: it is bound to ${bounds}`
  return new AccessError('outside_binding', detail, {
    held: scopes,
    namespaces,
    ...(prefixes === undefined ? {} : { prefixes }),
    errors,
  })
}

const listed = (texts: readonly string[]): string =>
  texts.length <= 5 ? texts.join(', ') : `${texts.slice(0, 5).join(', ')} and ${texts.length - 5} more`
