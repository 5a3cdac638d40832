import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LocalStackError } from '../local-stack-error.ts'
import { runCommand } from '../process/run-command.ts'

/** Copies what a pom names, jars and archives, into a folder, fetched where Maven does not have it. @throws LocalStackError FETCH_FAILED */
export async function copyWithMaven(
  pom: string,
  target: string,
  env: NodeJS.ProcessEnv,
  onProgress: (line: string) => void,
): Promise<void> {
  const args = ['--batch-mode', '--strict-checksums', '--file', pom]
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${target}`]
  let files = 0
  const { exitCode, output } = await runCommand('mvn', [...args, ...goal], env, (line) => {
    if (/^Downloaded/.test(line) && ++files % 25 === 0) onProgress(`  ${files} files fetched`)
    else if (/apicurio-registry-app.*tar\.gz/.test(line)) onProgress(`  ${line.replace(/ from .*?: \S+/, '')}`)
  })
  if (exitCode === 0) return
  const reason = output.split('\n').find((line) => line.startsWith('[ERROR]')) ?? `mvn ended with ${exitCode}`
  throw new LocalStackError('FETCH_FAILED', `Maven could not fetch the stack: ${reason.replace(/^\[ERROR\] /, '')}`)
}

/** Unpacks the only archive in a folder into another, and removes it. @throws LocalStackError FETCH_FAILED */
export async function unpackArchive(folder: string, target: string, env: NodeJS.ProcessEnv): Promise<void> {
  const archive = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tar.gz')) ?? '')
  await mkdir(target)
  const { exitCode, output } = await runCommand('tar', ['-xzf', archive, '-C', target], env)
  if (exitCode !== 0) throw new LocalStackError('FETCH_FAILED', `Cannot unpack the registry: ${output.trim()}`)
  await rm(archive)
}
