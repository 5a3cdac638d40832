import { readdir, readFile } from 'node:fs/promises'

export type Migration = { readonly number: number; readonly name: string; readonly statements: readonly string[] }

const folder = new URL('../../migrations/', import.meta.url)
const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/

/** The migrations of this version, by number. @throws Error when a file is misnamed, or a number is missing or used twice */
export async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(fileName.exec(name)?.[1])
      if (number !== index + 1) throw new Error(`Migration ${name} should be numbered ${index + 1}`)
      return { number, name, statements: statementsOf(await readFile(new URL(name, folder), 'utf8')) }
    }),
  )
}

/** Splits at semicolons at line ends. Comment lines are left out, so editing them does not change the checksum. */
function statementsOf(sql: string): readonly string[] {
  return sql
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
