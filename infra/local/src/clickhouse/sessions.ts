import { randomUUID } from 'node:crypto'
import { Session } from 'chdb'

// Holds: a leased session has one user; a session that returns to the pool has only the settings in its key.

/** A session for one request. */
type Lease = {
  readonly session: Session
  /** Names the session's statements, by the end of their log_comment. */
  readonly tag: string
  /** True when what the key stands for is set in the session already. */
  readonly prepared: boolean
  /** @param clean true when the request left nothing in the session but what its key stands for */
  release(clean: boolean): void
}

export interface Sessions {
  /** @param key what the request sets in a session */
  lease(key: string): Lease
  /** The session of a client's own choice, once the requests before are done; never prepared. */
  leaseNamed(id: string): Promise<Lease>
  close(): void
}

type Named = { readonly session: Session; last: Promise<void>; timer: NodeJS.Timeout | undefined; users: number }
type Idle = { readonly key: string; readonly session: Session; readonly tag: string }

const maxIdle = 24
/** As ClickHouse's `session_timeout`. */
const namedIdleMs = 60_000

export function openSessions(path: string): Sessions {
  const named = new Map<string, Named>()
  const idle: Idle[] = [] // last used last

  function keep(entry: Idle): void {
    idle.push(entry)
    if (idle.length > maxIdle) idle.shift()?.session.close()
  }

  return {
    lease(key) {
      const found = idle.findLastIndex((each) => each.key === key)
      const [known] = found < 0 ? [] : idle.splice(found, 1)
      const entry = known ?? { key, session: new Session(path), tag: randomUUID() }
      const release = (clean: boolean) => (clean ? keep(entry) : entry.session.close())
      return { session: entry.session, tag: entry.tag, prepared: known !== undefined, release }
    },
    async leaseNamed(id) {
      const known: Named = named.get(id) ?? {
        session: new Session(path),
        last: Promise.resolve(),
        timer: undefined,
        users: 0,
      }
      named.set(id, known)
      clearTimeout(known.timer)
      known.users++
      const before = known.last
      let done: () => void = () => undefined
      known.last = new Promise((resolve) => {
        done = resolve
      })
      await before
      const release = () => {
        done()
        if (--known.users > 0) return
        known.timer = setTimeout(() => {
          named.delete(id)
          known.session.close()
        }, namedIdleMs).unref()
      }
      return { session: known.session, tag: randomUUID(), prepared: false, release }
    },
    close() {
      for (const { session } of [...named.values(), ...idle]) session.close()
    },
  }
}
