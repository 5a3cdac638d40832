// npm run pin-jars: writes infra/local/maven/checksums.sha256 after a change of the pom. Read the difference before you commit it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checksumFile, fetchChecksums } from '../infra/local/src/parts/artifacts.ts'
import { checksumsText } from '../infra/local/src/parts/checksums.ts'

const folder = await mkdtemp(join(tmpdir(), 'headwater-jars-'))
try {
  const checksums = await fetchChecksums(folder, process.env)
  await writeFile(checksumFile, checksumsText(checksums))
  process.stdout.write(`Pinned ${checksums.size} checksums in ${checksumFile}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
