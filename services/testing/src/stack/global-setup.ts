import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { startTestStack } from './start-test-stack.ts'

/** One stack for all integration tests of a run: by the environment's addresses, else embedded, else in containers. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = join(fileURLToPath(new URL('../../../../', import.meta.url)), '.headwater', 'test')
  const { addresses, stop } = await startTestStack({ home, env: process.env, onProgress: (line) => console.log(line) })
  project.provide('stack', addresses)
  return stop
}
