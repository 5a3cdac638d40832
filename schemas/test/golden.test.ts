import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createDecoder } from '../src/index.ts'

// golden/<version>-<record>.json holds what some version wrote: its schema, the payload, and the event. Never edited: a file is
// added when a schema changes, and every later version must read them all.

type Golden = { readonly schema: unknown; readonly payload: string; readonly event: object }

const folder = new URL('../golden/', import.meta.url)

describe('today’s readers read', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  it.each(files)('%s', (name) => {
    const golden = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden
    const payload = Buffer.from(golden.payload, 'base64')
    const decoder = createDecoder()
    decoder.learn(payload.readUInt32BE(1), JSON.stringify(golden.schema))
    expect(JSON.parse(JSON.stringify(decoder.decode(payload).event))).toMatchObject(golden.event)
  })

  it('has samples of each record', () => expect(files).toHaveLength(7))
})
