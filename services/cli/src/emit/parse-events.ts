import { CliError } from '../cli-error.ts'

/** Values from text: one JSON value, an array of them, or one a line. @throws CliError INVALID_INPUT naming the line */
export function parseEvents(text: string): readonly unknown[] {
  if (text.trim() === '') throw new CliError('INVALID_INPUT', 'There is no event in the input')
  try {
    const whole: unknown = JSON.parse(text)
    return Array.isArray(whole) ? whole : [whole]
  } catch (error) {
    const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }))
    const filled = lines.filter(({ line }) => line !== '')
    const first = filled[0]
    // A first line that is a value by itself means one event a line; else the whole is one broken JSON text.
    if (first === undefined || !isJson(first.line) || filled.length === 1) throw notJson((error as Error).message)
    return filled.map(({ line, number }) => parseLine(line, number))
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

const notJson = (reason: string) => new CliError('INVALID_INPUT', `The input is not JSON: ${reason}`)
