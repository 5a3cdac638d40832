import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../src/run-cli.ts'
import { statusText } from '../src/stack/status-text.ts'
import { testContext } from './test-context.ts'

const home = mkdtempSync(join(tmpdir(), "headwater of ann's "))
const quoted = home.replaceAll("'", String.raw`'\''`)

/** Every path below the home in a text is one word of a shell. */
function expectQuoted(text: string): void {
  expect(text.includes(home), `not quoted: ${text}`).toBe(false)
  expect(text).toContain(`'${quoted}`)
  expect(text).toMatch(new RegExp(String.raw`'${quoted.replaceAll('\\', String.raw`\\`)}[\w./-]*'`))
}

describe('a path with blanks and quotes is printed as one word of a shell', () => {
  it.each([
    ['status', ['status']],
    ['stop', ['stop']],
    ['demo', ['demo']],
    ['keys list', ['keys', 'list']],
    ['keys create', ['keys', 'create', 'airflow', '--scope', 'ingest']],
    ['keys rotate', ['keys', 'rotate', 'unknown']],
    ['keys revoke', ['keys', 'revoke', 'unknown']],
    ['emit', ['emit', join(home, 'missing.json')]],
    ['keys with a file that is a directory', ['keys', 'list', '--file', join(home, 'folder')]],
  ])('by %s', async (_, args) => {
    mkdirSync(join(home, 'folder'), { recursive: true })
    const { context, printed, noted } = testContext({ HEADWATER_HOME: home })
    await runCli(args, context)
    expectQuoted([...printed, ...noted].filter((line) => line.includes('headwater of ann')).join('\n'))
  })

  it('by the status of a running stack', () => {
    const state = {
      ...{ pid: 1, startTime: '1', ready: true, parts: [] },
      addresses: { kafkaBrokers: 'k:1', schemaRegistryUrl: 'http://r', clickhouseUrl: 'http://c' },
      urls: { api: 'http://a', docs: 'http://a/docs', gateway: 'http://g', metrics: 'http://p/metrics' },
    }
    const lag = { position: '', lagMs: null, completeness: { complete: true, missingRecords: 0, gaps: [] } }
    const context = { colour: false, width: undefined }
    expectQuoted(statusText({ home, state, lag, failing: [], clickhouseUser: 'default', context }).join('\n'))
  })
})
