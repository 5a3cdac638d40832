import { CliError } from '../cli-error.ts'

/** Parses one JSON value, an array of values, or one value per line. @throws CliError INVALID_INPUT that names the line */
export function parseEvents(text: string): readonly unknown[] {
  if (text.trim() === '') throw new CliError('INVALID_INPUT', 'The input has no events')
  try {
    const whole: unknown = JSON.parse(text)
    return Array.isArray(whole) ? whole : [whole]
  } catch (error) {
    const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }))
    const nonEmpty = lines.filter(({ line }) => line !== '')
    const first = nonEmpty[0]
    // If the first line is a JSON value, there is one event per line; otherwise the whole input is one invalid JSON text.
    if (first === undefined || !isJson(first.line) || nonEmpty.length === 1) throw notJson((error as Error).message)
    return nonEmpty.map(({ line, number }) => parseLine(line, number))
  }
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw notJson(`line ${number}: ${(error as Error).message}`)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const notJson = (reason: string) => new CliError('INVALID_INPUT', `Invalid JSON input: ${reason}`)
