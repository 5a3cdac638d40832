import { assetKeyProblem } from './asset-key.ts'

export const maxPrefectKeyLength = 512

const prefectScheme = /^[a-z0-9]+:\/\//

/**
 * Why Prefect refuses this asset key, as a sentence for users; undefined when Prefect accepts it. The SDK applies the same rule, which is
 * narrower than that of `assetKeyProblem`: https://docs.prefect.io/v3/concepts/assets ("Asset key restrictions").
 */
export function prefectKeyProblem(text: string): string | undefined {
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 40)}…` : text)
  if (text.length > maxPrefectKeyLength) {
    return `Asset key ${shown} has ${text.length} characters; at most ${maxPrefectKeyLength} are allowed`
  }
  const percent = text.indexOf('%')
  if (percent !== -1) return `Asset key ${shown} has the character % at character ${percent + 1}, which is not allowed`
  const problem = assetKeyProblem(text)
  if (problem !== undefined || prefectScheme.test(text)) return problem
  return `Asset key ${shown} does not start with a scheme of lower-case letters and digits and "://", such as s3://`
}
