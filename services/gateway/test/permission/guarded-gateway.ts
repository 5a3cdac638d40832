import type { Access, Principal, Scope } from '@headwater/access'
import { buildApp } from '../../src/app.ts'
import { InMemoryEventLog } from '../log/in-memory-event-log.ts'

export type Binding = NonNullable<Extract<Principal, { readonly kind: 'key' }>['binding']>

export const keyOf = (scopes: readonly Scope[], binding?: Binding): Principal => ({
  ...{ kind: 'key', id: 'abcdef12', name: 'airflow', scopes },
  binding,
})

/** A gateway to which every request comes with the key of `principal`; `undefined` for open access. */
export async function guardedGateway(principal: Principal | undefined) {
  const log = new InMemoryEventLog()
  const guarded: Access = {
    kind: 'guarded',
    anonymousRead: false,
    close: () => undefined,
    verify: () => principal as Principal,
  }
  const app = await buildApp({ log, access: principal === undefined ? { kind: 'open' } : guarded })
  const post = (url: string, value: unknown) =>
    app.inject({ method: 'POST', url, headers: { authorization: 'Bearer x' }, payload: JSON.stringify(value) })
  return { log, app, post }
}
