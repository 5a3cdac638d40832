import { Session } from 'chdb'

/** A session that nobody else uses until it is released. */
type Lease = { readonly session: Session; readonly release: () => void }

export interface Sessions {
  /** A new session, or the one of this id once its last request is done. */
  lease(id: string | undefined): Promise<Lease>
  close(): void
}

type Named = { readonly session: Session; last: Promise<void>; timer: NodeJS.Timeout | undefined; users: number }

/** As ClickHouse's `session_timeout`. */
const idleMs = 60_000

export function openSessions(path: string): Sessions {
  const named = new Map<string, Named>()

  async function leaseNamed(id: string): Promise<Lease> {
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
    const { promise, resolve } = withResolvers()
    known.last = promise
    await before
    return {
      session: known.session,
      release() {
        resolve()
        if (--known.users > 0) return
        known.timer = setTimeout(() => {
          named.delete(id)
          known.session.close()
        }, idleMs).unref()
      },
    }
  }

  return {
    async lease(id) {
      if (id !== undefined) return leaseNamed(id)
      const session = new Session(path)
      return { session, release: () => session.close() }
    },
    close() {
      for (const { session } of named.values()) session.close()
    },
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
