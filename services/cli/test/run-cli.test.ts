import { describe, expect, it } from 'vitest'
import { runCli } from '../src/run-cli.ts'
import { testContext } from './test-context.ts'

describe('the exit code', () => {
  it.each([
    ['help is requested', ['--help'], 0],
    ['help of a command is requested', ['lineage', '--help'], 0],
    ['there is no command', [], 2],
    ['the command is unknown', ['lineages'], 2],
    ['an argument is missing', ['lineage'], 2],
    ['there is one argument too many', ['stop', 'now'], 2],
    ['an option is unknown', ['assets', '--lim', '3'], 2],
    ['a time is invalid', ['lineage', 's3://a', '--as-of', 'soon'], 2],
    ['a choice of edges is invalid', ['why', 's3://a', 's3://b', '--edges', 'all'], 2],
    ['a diff has no --from', ['diff'], 2],
    ['a direction has no asset', ['diff', '--from', '3d', '--up'], 2],
    ['both assets are the same', ['why', 's3://a', 's3://a'], 2],
    ['an option is not a number', ['assets', '--limit', 'ten'], 2],
    ['options exclude each other', ['replay', '--no-swap', '--accept-differences'], 2],
    ['an option excludes all others', ['replay', '--cancel', '--restart'], 2],
  ])('when %s', async (_, args, code) => {
    expect(await runCli(args, testContext().context)).toBe(code)
  })

  it('for an invalid environment is that of wrong usage, with one line', async () => {
    const { context, noted } = testContext({ API_PORT: 'x' })
    expect(await runCli(['status'], context)).toBe(2)
    expect(noted).toEqual([expect.stringContaining('API_PORT')])
  })
})

it('prints its version', async () => {
  const { context, printed } = testContext()
  expect(await runCli(['--version'], context)).toBe(0)
  expect(printed).toEqual([expect.stringMatching(/^headwater \d+\.\d+\.\d+$/)])
})

it('prints a completion script, whatever the environment', async () => {
  const { context, printed } = testContext({ API_PORT: 'x' })
  expect(await runCli(['completion', 'bash'], context)).toBe(0)
  expect(printed.join('\n')).toContain('complete -o default -F _headwater headwater')
})
