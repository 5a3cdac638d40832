import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../services/cli/src/program.ts'
import { testContext } from '../../services/cli/test/test-context.ts'
import { pagesIn } from './pages.ts'
import { root } from './source-files.ts'

const program = buildProgram(testContext().context).command

/** Command lines of `headwater` in the shell blocks of a page, as words. */
function commandLines(page: string): readonly (readonly string[])[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```(?:sh|bash|console|shell)\b.*\n([\s\S]*?)^```$/gm)
  const lines = [...blocks].flatMap(([, text = '']) => text.split('\n'))
  return lines.flatMap((line) => {
    const [, rest] = /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx )?(?:headwater|\.\/headwater-cli\S*) (.*)$/.exec(line) ?? []
    const words = rest?.split(/ [#|>&;<]| \\$/)[0]?.match(/(?:'[^']*'|"[^"]*"|\S)+/g)
    return words === undefined || words === null ? [] : [words]
  })
}

/** What of a command line does not exist: a subcommand or an option. */
function unknownIn(words: readonly string[]): string | undefined {
  let command: typeof program = program
  for (const word of words) {
    if (word.startsWith('-')) {
      const name = word.split('=')[0] ?? ''
      const known = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short])
      if (!known.includes(name) && name !== '--help' && name !== '-h' && name !== '--') return name
      continue
    }
    const child = command.commands.find((each) => each.name() === word || each.aliases().includes(word))
    if (child !== undefined) command = child
    else if (command.commands.length > 0) return word === 'help' ? undefined : word
  }
  return undefined
}

describe.each(pagesIn(root).filter((page) => commandLines(page).length > 0))('%s', (page) => {
  it.each(commandLines(page).map((words) => [words.join(' '), words] as const))(
    `${relative(root, page)} shows a command that exists: headwater %s`,
    (_, words) => {
      expect(unknownIn(words)).toBeUndefined()
    },
  )
})
