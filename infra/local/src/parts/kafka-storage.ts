import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LocalStackError } from '../local-stack-error.ts'
import { runCommand } from '../process/run-command.ts'

// Formatting takes a JVM of its own. It writes the same for every node but for the ids in meta.properties, so the first result is
// kept as a template and later ones are copies with ids of their own.

export type KafkaStorage = {
  /** The node's log directory. */
  readonly data: string
  /** Folder of the template; filled by the first call that finds none. */
  readonly template: string
  readonly classPath: string
  readonly properties: string
  readonly env: NodeJS.ProcessEnv
}

/** Formats the log directory unless it is formatted already. @throws LocalStackError PART_CRASHED */
export async function formatStorage(storage: KafkaStorage): Promise<void> {
  const { data, template } = storage
  if (existsSync(join(data, 'meta.properties'))) return
  if (!existsSync(template)) {
    await formatWithKafka(storage)
    await keepAsTemplate(data, template)
    return
  }
  const draft = `${data}.${randomUUID()}`
  await cp(template, draft, { recursive: true })
  const file = join(draft, 'meta.properties')
  const ids = (await readFile(file, 'utf8')).replace(
    /^(cluster\.id|directory\.id)=.*$/gm,
    (_, name) => `${name}=${newId()}`,
  )
  await writeFile(file, ids)
  await rename(draft, data)
}

/** An id as Kafka makes them: 128 random bits, not beginning like an option of a command. */
const newId = () => randomBytes(16).toString('base64url').replace(/^-/, '_')

async function formatWithKafka({ classPath, properties, env }: KafkaStorage): Promise<void> {
  const format = ['kafka.tools.StorageTool', 'format', '-t', newId(), '-c', properties]
  const jvm = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classPath]
  const { exitCode, output } = await runCommand('java', [...jvm, ...format], env)
  if (exitCode !== 0) throw new LocalStackError('PART_CRASHED', `Kafka's storage cannot be formatted: ${output.trim()}`)
}

/** Another start may keep its own at the same time: the first one stays. */
async function keepAsTemplate(data: string, template: string): Promise<void> {
  const draft = `${template}.${randomUUID()}`
  await mkdir(dirname(template), { recursive: true })
  await cp(data, draft, { recursive: true })
  await rename(draft, template).catch(() => rm(draft, { recursive: true }))
}
