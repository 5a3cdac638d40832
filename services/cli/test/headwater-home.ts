import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@headwater/local'
import { portVariables } from '../src/stack/stack-ports.ts'
import { type Result, runHeadwater } from './run-headwater.ts'

/** A home directory and free ports for a stack of its own, and the command that uses them. */
export async function headwaterHome(name: string) {
  const home = mkdtempSync(join(tmpdir(), name))
  const { PATH, HOME, JAVA_HOME, HEADWATER_CACHE } = process.env
  const env: NodeJS.ProcessEnv = { PATH, HOME, JAVA_HOME, HEADWATER_CACHE, HEADWATER_HOME: home }
  for (const variable of portVariables) env[variable] = String(await freePort())
  const headwater = (args: readonly string[], input?: string): Promise<Result> => runHeadwater(args, env, input)
  return {
    ...{ home, env, headwater },
    async end(): Promise<void> {
      await headwater(['stop'])
      await rm(home, { recursive: true, force: true })
    },
  }
}
