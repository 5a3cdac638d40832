// npm run check:packages: packs what is published, and checks each tarball as its users' tools would read it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packCopy } from './pack-copy.ts'

async function problemsOf(tarball: string): Promise<readonly string[]> {
  const data = readFileSync(tarball)
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: bytes as ArrayBuffer }, strict: true })
  const types = await checkPackage(createPackageFromTarballData(new Uint8Array(data)))
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`),
    ...(types.types === false ? [] : types.problems.map((problem) => `types: ${JSON.stringify(problem)}`)),
  ]
}

const folder = mkdtempSync(join(tmpdir(), 'headwater-tarballs-'))
try {
  for (const tarball of packCopy(['@headwater/producer', '@headwater/cli'], folder)) {
    const problems = await problemsOf(tarball)
    for (const problem of problems) process.stdout.write(`${problem}\n`)
    if (problems.length > 0) process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
