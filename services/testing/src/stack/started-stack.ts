import type { Stack, StackAddresses } from '@headwater/local'

export type StartedStack = {
  readonly addresses: StackAddresses
  /** The embedded stack, for tests that break its parts; undefined in containers. */
  readonly stack?: Stack
  stop(): Promise<void>
}
