import { textWithoutSecrets } from '@headwater/lineage'

/** Options of a pino logger whose lines have no secrets: errors of clients quote URLs, and problems quote what was sent. */
export const logOptions = (name: string, level: string) => ({ name, level, hooks: { streamWrite: lineWithoutSecrets } })

function lineWithoutSecrets(line: string): string {
  const masked = textWithoutSecrets(line)
  return masked === line ? line : `${masked.trimEnd()}\n`
}
