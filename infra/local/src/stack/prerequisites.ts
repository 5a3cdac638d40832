import { createHash } from 'node:crypto'
import { runCommand } from '../process/run-command.ts'
import { installHints, javaVersionOf, missingPrograms } from './needed-programs.mjs'

export type Prerequisites = {
  /** Major version of the `java` found; undefined without Java. */
  readonly java: number | undefined
  readonly maven: boolean
  /** True when a Docker engine answers. */
  readonly docker: boolean
}

/** An engine that is being started lets its command wait. */
const dockerTimeoutMs = 5_000

/** Looks for the programs that the embedded stack needs, by the PATH of `env`. */
export async function findPrerequisites(env: NodeJS.ProcessEnv): Promise<Prerequisites> {
  const [java, maven, docker] = await Promise.all([
    findJava(env),
    runCommand('mvn', ['--version'], env),
    runCommand('docker', ['version', '--format', '{{.Server.Version}}'], env, undefined, dockerTimeoutMs),
  ])
  return {
    java: java?.version,
    maven: maven.exitCode === 0,
    docker: docker.exitCode === 0,
  }
}

export type Java = {
  /** Major version. */
  readonly version: number
  /** Identifies the build, fit for a file name. */
  readonly build: string
}

/** The `java` on the PATH of `env`; undefined where it has none. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<Java | undefined> {
  const { exitCode, output } = await runCommand('java', ['-version'], env)
  if (exitCode !== 0) return undefined
  return { version: javaVersionOf(output), build: createHash('sha256').update(output).digest('hex').slice(0, 12) }
}

/** What to install, as one sentence; undefined when nothing is missing. @param isFetched true when Maven has done its work before */
export function missingPrerequisites(found: Prerequisites, isFetched: boolean): string | undefined {
  const missing = missingPrograms(found, isFetched)
  if (missing.length === 0) return undefined
  const { java, maven } = installHints
  const hints = missing.map((each) => (each.startsWith('Java') ? `Java: ${java}` : `Maven: ${maven}`)).join('. ')
  return `Missing ${missing.join(' and ')}. Install ${missing.length > 1 ? 'them' : 'it'} (${hints}), or install Docker and run: docker compose up --wait`
}
