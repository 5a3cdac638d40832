import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { pagesIn } from './pages.ts'
import { root } from './source-files.ts'

// Each TypeScript block of each page compiles as a file of its own, as its reader would paste it.

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  customConditions: ['source'],
  paths: { undici: [join(root, 'node_modules/undici-types/index.d.ts')] }, // the same types; the repository does not use the package
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
}

/** Blocks by a file name beside their page, with lines where they are in the page. */
const blocks = new Map(
  pagesIn(root).flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```(?:ts|tsx|typescript)\b.*\n([\s\S]*?)^```$/gm)].map((match) => {
      const line = match.input.slice(0, match.index).split('\n').length
      return [join(dirname(page), `block-of-${relative(dirname(page), page)}-at-line-${line}.mts`), match[1] ?? '']
    }),
  ),
)

function problems(): readonly string[] {
  const host = ts.createCompilerHost(options)
  const [fileExists, readFile] = [host.fileExists, host.readFile]
  host.fileExists = (path) => blocks.has(path) || fileExists(path)
  host.readFile = (path) => blocks.get(path) ?? readFile(path)
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path)
    return text === undefined ? undefined : ts.createSourceFile(path, text, version)
  }
  const program = ts.createProgram([...blocks.keys()], options, host)
  const found = [...blocks.keys()].flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
  return found.map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1
    return `${relative(root, file?.fileName ?? '')}, line ${line} of the block: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

it('every TypeScript block of every page compiles in strict mode', () => {
  expect(blocks.size).toBeGreaterThan(4)
  expect(problems()).toEqual([])
})
