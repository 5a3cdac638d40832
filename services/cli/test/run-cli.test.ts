import { describe, expect, it } from 'vitest'
import { buildProgram } from '../src/program.ts'
import { runCli } from '../src/run-cli.ts'
import { testContext } from './test-context.ts'

describe('the exit code', () => {
  it.each([
    ['help is asked for', ['--help'], 0],
    ['help of a command is asked for', ['lineage', '--help'], 0],
    ['there is no command', [], 2],
    ['the command is not known', ['lineages'], 2],
    ['an argument is missing', ['lineage'], 2],
    ['there is an argument too many', ['stop', 'now'], 2],
    ['an option is not known', ['assets', '--lim', '3'], 2],
    ['a time is none', ['lineage', 's3://a', '--as-of', 'soon'], 2],
    ['a choice of edges is none', ['why', 's3://a', 's3://b', '--edges', 'all'], 2],
    ['a difference has no beginning', ['diff'], 2],
    ['a direction is from nowhere', ['diff', '--from', '3d', '--up'], 2],
    ['an asset is asked of itself', ['why', 's3://a', 's3://a'], 2],
    ['an option is no number', ['assets', '--limit', 'ten'], 2],
    ['options contradict', ['replay', '--no-swap', '--accept-differences'], 2],
    ['an option goes alone', ['replay', '--cancel', '--restart'], 2],
  ])('when %s', async (_, args, code) => {
    expect(await runCli(args, testContext().context)).toBe(code)
  })

  it('when the environment is wrong is that of wrong usage, with one line', async () => {
    const { context, noted } = testContext({ API_PORT: 'x' })
    expect(await runCli(['status'], context)).toBe(2)
    expect(noted).toEqual([expect.stringContaining('API_PORT')])
  })
})

it('shows an example with every command', () => {
  for (const command of buildProgram(testContext().context).command.commands) {
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text) })
    command.outputHelp()
    expect(help).toContain(`$ `)
    expect(help).toContain(`headwater ${command.name()}`)
  }
})
