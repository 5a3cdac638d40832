import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '../local-stack-error.ts'
import { runCommand } from '../process/run-command.ts'
import { artifactsFolder } from '../stack/needed-programs.mjs'

// Holds: a folder of the cache is complete or absent: it is filled under another name and renamed, so several first starts at
// once are safe, and a start after it needs no network.

/** Where the programs for the JVM are. */
export type Artifacts = {
  readonly kafkaClassPath: string
  readonly registryJar: string
  readonly logConfig: string
  /** Folder of what starts leave for later starts: class archives, formatted storage. */
  readonly derived: string
}

const mavenFolder = fileURLToPath(new URL('../../maven/', import.meta.url))

export async function artifactsIn(cache: string): Promise<Artifacts | undefined> {
  const folder = await folderIn(cache)
  return existsSync(folder) ? located(folder) : undefined
}

/** Fetches with Maven what is not in the cache yet, checksums verified. @throws LocalStackError FETCH_FAILED */
export async function fetchArtifacts(
  cache: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): Promise<Artifacts> {
  const present = await artifactsIn(cache)
  if (present !== undefined) return present
  const folder = await folderIn(cache)
  await mkdir(cache, { recursive: true })
  const filling = await mkdtemp(join(cache, 'filling-'))
  try {
    onProgress('Fetching Kafka and the schema registry once (190 MB) ...')
    await runMaven(filling, env, onProgress)
    await unpackRegistry(filling, env)
    await rename(filling, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error // else another start was faster
    })
  } finally {
    await rm(filling, { recursive: true, force: true })
  }
  return located(folder)
}

async function folderIn(cache: string): Promise<string> {
  return artifactsFolder(cache, await readFile(join(mavenFolder, 'pom.xml')))
}

async function located(folder: string): Promise<Artifacts> {
  const names = await readdir(join(folder, 'registry'))
  const runner = names.find((name) => name.endsWith('-runner.jar'))
  if (runner === undefined)
    throw new LocalStackError('FETCH_FAILED', `No registry in ${shellWord(folder)}; delete the folder and start again`)
  const jars = (await readdir(join(folder, 'kafka'))).filter((name) => name.endsWith('.jar')).sort()
  return {
    kafkaClassPath: jars.map((name) => join(folder, 'kafka', name)).join(delimiter),
    registryJar: join(folder, 'registry', runner),
    logConfig: join(mavenFolder, 'log4j2.properties'),
    derived: join(folder, 'derived'),
  }
}

async function runMaven(target: string, env: NodeJS.ProcessEnv, onProgress: (line: string) => void): Promise<void> {
  const args = ['--batch-mode', '--strict-checksums', '--file', join(mavenFolder, 'pom.xml')]
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(target, 'kafka')}`]
  let files = 0
  const { exitCode, output } = await runCommand('mvn', [...args, ...goal], env, (line) => {
    if (/^Downloaded/.test(line) && ++files % 25 === 0) onProgress(`  ${files} files fetched`)
    else if (/apicurio-registry-app.*tar\.gz/.test(line)) onProgress(`  ${line.replace(/ from .*?: \S+/, '')}`)
  })
  if (exitCode === 0) return
  const reason = output.split('\n').find((line) => line.startsWith('[ERROR]')) ?? `mvn ended with ${exitCode}`
  throw new LocalStackError('FETCH_FAILED', `Maven could not fetch the stack: ${reason.replace(/^\[ERROR\] /, '')}`)
}

async function unpackRegistry(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const jars = join(folder, 'kafka')
  const archive = (await readdir(jars)).find((name) => name.endsWith('.tar.gz'))
  await mkdir(join(folder, 'registry'))
  const { exitCode, output } = await runCommand(
    'tar',
    ['-xzf', join(jars, archive ?? ''), '-C', join(folder, 'registry')],
    env,
  )
  if (exitCode !== 0) throw new LocalStackError('FETCH_FAILED', `Cannot unpack the registry: ${output.trim()}`)
  await rm(join(jars, archive ?? ''))
}
