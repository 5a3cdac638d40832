import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProducer, memoryTransport } from '@headwater/producer'
import { expect, test } from 'vitest'
import { createLake } from '../../src/storage/lake.ts'
import { vegaFile } from '../../src/storage/vega-file.ts'

test('a folder with a space in its path gives keys without one, and the size written is the metric', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'a home '))
  try {
    const lake = createLake(folder)
    const transport = memoryTransport()
    const { materialize, close } = createProducer({ namespace: 'test', transport })
    const write = materialize(lake.keyOf('notes/one.json'), async function write_note() {
      return lake.writeJson('notes/one.json', { text: 'Grüezi' })
    })
    const file = await write()
    await close()

    expect(file.key).toBe('lake://demo/notes/one.json')
    expect(lake.urlOf('notes/one.json')).toMatch(/^file:.*a%20home%20/)
    const { byteLength } = await readFile(file.path)
    expect(transport.runs('write_note')[0]?.outputs[0]).toMatchObject({ key: file.key, metrics: { bytes: byteLength } })
    expect(await lake.readJson(file)).toEqual({ text: 'Grüezi' })
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a file of the data package is where its path says', async () => {
  const { path, asset } = vegaFile('sp500.csv', 'S&P 500', 'Monthly.')
  expect(await readFile(path, 'utf8')).toMatch(/^date,price/)
  expect(asset.key).toBe('vega://data/sp500.csv')
})
