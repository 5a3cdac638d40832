import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The licences of bundled packages of others, as their terms ask for; undefined where none is bundled. @param modules files in the bundle */
export function noticesOf(modules: readonly string[]): string | undefined {
  const folders = new Set(modules.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))
  if (folders.size === 0) return undefined
  return [...folders].sort().map(noticeOf).join('\n')
}

function noticeOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${name} has no licence file, so it cannot be bundled`)
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
}
