import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shellWord } from '@headwater/config/shell-word'
import { LocalStackError } from '../local-stack-error.ts'
import { artifactsFolder } from '../stack/needed-programs.mjs'
import { type Checksums, checksumOfFolder, checksumsOfFiles, findMismatch, readChecksums } from './checksums.ts'
import { copyWithMaven, unpackArchive } from './maven.ts'

// Holds: a folder of the cache is complete or absent: it is filled under another name and renamed, so several first starts at
// once are safe, and a start after it needs no network. Nothing of it runs before its checksums equal the pinned ones.

/** Where the programs for the JVM are. */
export type Artifacts = {
  readonly kafkaClassPath: string
  readonly registryJar: string
  readonly logConfig: string
  /** Folder of what starts leave for later starts: class archives, formatted storage. */
  readonly derived: string
}

const mavenFolder = fileURLToPath(new URL('../../maven/', import.meta.url))
const pom = join(mavenFolder, 'pom.xml')
export const checksumFile = join(mavenFolder, 'checksums.sha256')

/** What the cache has, verified. @throws LocalStackError CHECKSUM_MISMATCH */
export async function artifactsIn(cache: string, checksums?: Checksums): Promise<Artifacts | undefined> {
  const folder = artifactsFolder(cache, mavenFolder)
  if (!existsSync(folder)) return undefined
  await verifyFolder(folder, checksums ?? (await readChecksums(checksumFile)))
  return located(folder)
}

/**
 * Fetches with Maven what is not in the cache yet.
 * @param checksums of the jars, the archive and the unpacked folder `registry/`; default: those in maven/checksums.sha256
 * @throws LocalStackError FETCH_FAILED | CHECKSUM_MISMATCH
 */
export async function fetchArtifacts(
  cache: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
  checksums?: Checksums,
): Promise<Artifacts> {
  const pinned = checksums ?? (await readChecksums(checksumFile))
  const present = await artifactsIn(cache, pinned)
  if (present !== undefined) return present
  const folder = artifactsFolder(cache, mavenFolder)
  await mkdir(cache, { recursive: true })
  const filling = await mkdtemp(join(cache, 'filling-'))
  try {
    onProgress('Fetching Kafka and the schema registry once (190 MB) ...')
    await copyWithMaven(pom, join(filling, 'kafka'), env, onProgress)
    await verifyFetched(join(filling, 'kafka'), pinned)
    await unpackArchive(join(filling, 'kafka'), join(filling, 'registry'), env)
    await rename(filling, folder).catch((error: NodeJS.ErrnoException) => {
      if (!existsSync(folder)) throw error // else another start was faster
    })
  } finally {
    await rm(filling, { recursive: true, force: true })
  }
  return located(folder)
}

/** The checksums of what Maven delivers now, to pin. @param folder an empty one to work in */
export async function fetchChecksums(folder: string, env: NodeJS.ProcessEnv): Promise<Checksums> {
  await copyWithMaven(pom, join(folder, 'kafka'), env, () => undefined)
  const fetched = await checksumsOfFiles(join(folder, 'kafka'))
  await unpackArchive(join(folder, 'kafka'), join(folder, 'registry'), env)
  return new Map([...fetched, ['registry/', await checksumOfFolder(join(folder, 'registry'))]])
}

async function verifyFetched(folder: string, pinned: Checksums): Promise<void> {
  const expected = new Map([...pinned].filter(([name]) => !name.endsWith('/')))
  const mismatch = findMismatch(await checksumsOfFiles(folder), expected)
  if (mismatch === undefined) return
  const remedy = 'Delete that file in ~/.m2/repository, check the mirror in ~/.m2/settings.xml, and start again'
  throw new LocalStackError('CHECKSUM_MISMATCH', `Refused what Maven fetched: ${mismatch}. Nothing ran. ${remedy}`)
}

async function verifyFolder(folder: string, pinned: Checksums): Promise<void> {
  const [jars, registry] = await Promise.all([
    checksumsOfFiles(join(folder, 'kafka')),
    checksumOfFolder(join(folder, 'registry')),
  ])
  const expected = new Map([...pinned].filter(([name]) => !name.endsWith('.tar.gz')))
  const mismatch = findMismatch(new Map([...jars, ['registry/', registry]]), expected)
  if (mismatch === undefined) return
  const remedy = `Delete ${shellWord(folder)} and start again`
  throw new LocalStackError(
    'CHECKSUM_MISMATCH',
    `Refused changed files in the cache: ${mismatch}. Nothing ran. ${remedy}`,
  )
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
