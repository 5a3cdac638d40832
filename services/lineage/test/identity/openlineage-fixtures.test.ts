import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assetKeyProblem } from '../../src/identity/keys/asset-key.ts'
import { canonicalKey } from '../../src/identity/keys/canonical-key.ts'
import type { DatasetName } from '../../src/identity/keys/dataset-name.ts'
import { datasetNameOf } from '../../src/identity/keys/dataset-name-of.ts'

// Events of the compatibility tests, where they lie beside the project.
const fixtures = join(import.meta.dirname, '../../../../../shared/fixtures/openlineage')

describe.skipIf(!existsSync(fixtures))('the events of the compatibility tests', () => {
  const keysOf = (folder: string) => [...new Set(datasetsIn(join(fixtures, folder)).map(canonicalKey))].sort()

  it('give valid keys that stand for pairs', () => {
    const keys = ['scenarios', 'dbt', 'spec/tests'].flatMap(keysOf)
    expect(keys.length).toBeGreaterThan(30)
    for (const key of keys) expect([assetKeyProblem(key), canonicalKey(datasetNameOf(key))]).toEqual([undefined, key])
  })

  it('name the datasets that the Airflow scenario tells of', () => {
    expect(keysOf('scenarios/airflow')).toEqual([
      'bigquery://mock-project/test/upload',
      'bigquery://mock-project/test/upload_cp',
      'file:///files/temp/data.txt',
      'file:///files/temp/downloaded_file.txt',
      ...[
        'compose_result.txt',
        'copied.csv',
        'copy_of_uploaded_data.txt',
        'copy_of_uploaded_file.txt',
        'result.csv',
      ].map((name) => `gs://mock-bucket/${name}`),
      ...['test.csv', 'to_be_deleted.txt', 'uploaded_data.txt', 'uploaded_file.txt'].map(
        (name) => `gs://mock-bucket/${name}`,
      ),
    ])
  })

  it('name the datasets that the Spark scenario tells of, by path and by table', () => {
    const tables = ['cll_source1', 'cll_source2', 'tbl1']
    expect(keysOf('scenarios/CLL')).toEqual([
      ...tables.map((table) => `file:///tmp/cll_test/${table}`).slice(0, 2),
      ...tables.map((table) => `file:///tmp/cll_test/default.${table}`),
      'file:///tmp/cll_test/tbl1',
    ])
  })
})

function datasetsIn(folder: string): DatasetName[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  return files.flatMap((file) => inputsAndOutputs(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
}

/** Inputs, outputs and symlinks, wherever they are. */
function inputsAndOutputs(value: unknown): DatasetName[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, member]) => {
    const own = ['inputs', 'outputs', 'identifiers'].includes(field) && Array.isArray(member) ? member : []
    return [...own.filter(isPair), ...inputsAndOutputs(member)]
  })
}

function isPair(value: unknown): value is DatasetName {
  return typeof value === 'object' && value !== null && 'namespace' in value && 'name' in value
}
