import { readFileSync } from 'node:fs'

/** The last lines of a log, none when it cannot be read. */
export function logTail(file: string, lines: number): readonly string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean).slice(-lines)
  } catch {
    return []
  }
}
