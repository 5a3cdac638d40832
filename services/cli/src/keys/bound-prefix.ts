import { canonicalPrefix, isSchemeAlone, keyPrefixProblem } from '@headwater/lineage'
import { CliError } from '../cli-error.ts'

/** A key prefix as keys store it: in the form of canonical keys and without a slash at the end. @throws CliError INVALID_INPUT */
export function boundPrefix(text: string): string {
  const problem = keyPrefixProblem(text)
  if (problem !== undefined) throw invalid(text, problem)
  if (/^[^/]+:\/\/\/+$/.test(text)) {
    throw invalid(text, 'nothing follows the slashes; a scheme alone, such as file://, covers all its keys')
  }
  const prefix = canonicalPrefix(isSchemeAlone(text) ? text : text.replace(/\/+$/, ''))
  if (/\/\.{1,2}(?:\/|$)/.test(prefix)) throw invalid(text, 'key prefixes cannot have the segments . or ..')
  return prefix
}

const invalid = (text: string, problem: string) => new CliError('INVALID_INPUT', `Invalid --prefix ${text}: ${problem}`)
