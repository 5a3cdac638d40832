import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it, onTestFinished } from 'vitest'
import { completionScript } from '../../src/completion/completion-script.ts'
import { buildProgram } from '../../src/program.ts'
import { testContext } from '../test-context.ts'

const program = buildProgram(testContext().context).command
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** The completions that bash offers for the last word. */
function completed(...words: readonly string[]): readonly string[] {
  const line = ['headwater', ...words].map(quoted).join(' ')
  const call = `COMP_WORDS=(${line}) COMP_CWORD=${words.length}; _headwater; printf '%s\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${completionScript(program, 'bash')}\n${call}`], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((word) => word !== '')
}

describe('completion in bash', () => {
  it('offers commands and subcommands', () => {
    expect(completed('')).toEqual([...program.commands.map((command) => command.name()), 'help'])
    expect(completed('li')).toEqual(['lineage'])
    expect(completed('dlq', '')).toEqual(['list', 'show', 'retry', 'drop', 'help'])
    expect(completed('help', 'al')).toEqual(['alias'])
  })

  it('offers the options of a command', () => {
    expect(completed('lineage', 's3://a', '--d')).toEqual(['--down', '--depth'])
    expect(completed('dlq', 'retry', '--all', '--t')).toEqual(['--timeout'])
    expect(completed('--v')).toEqual(['--version'])
  })

  it('offers allowed arguments', () => expect(completed('completion', '')).toEqual(['bash', 'zsh', 'fish']))

  it('offers no command as the value of an option or as an argument', () => {
    expect(completed('assets', '--limit', '')).toEqual([])
    expect(completed('up', '--home', '')).toEqual([])
    expect(completed('asset', '')).toEqual([])
  })

  it('is not confused by values that are names of commands', () =>
    expect(completed('assets', '--prefix', 'dlq', '--pl')).toEqual(['--platform']))
})

const pathsOf = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(pathsOf)]

describe.each(['bash', 'zsh', 'fish'] as const)('the completion script for %s', (shell) => {
  const script = completionScript(program, shell)

  it('has every command and option', () => {
    for (const command of pathsOf(program)) {
      expect(script).toContain(command.name())
      for (const { long } of command.options) expect(script).toContain(long?.slice(shell === 'fish' ? 2 : 0))
    }
  })

  const isInstalled = spawnSync(shell, ['--version']).status === 0
  it.runIf(isInstalled)('is valid', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'headwater-completion-')), 'script')
    onTestFinished(() => rmSync(dirname(file), { recursive: true }))
    writeFileSync(file, script)
    expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })
})
