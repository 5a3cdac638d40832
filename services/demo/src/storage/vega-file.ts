import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Asset, asset } from '@headwater/producer'

/** A data file of the package vega-datasets: real data that this pipeline reads and never writes. */
export type VegaFile = { readonly asset: Asset; readonly path: string }

const require = createRequire(import.meta.url)
const folder = join(dirname(require.resolve('vega-datasets')), '..', 'data')

export function vegaFile(file: string, name: string, description: string): VegaFile {
  const url = `https://github.com/vega/vega-datasets/blob/main/data/${file}`
  return { asset: asset(`vega://data/${file}`, { name, description, url, owners: ['vega'] }), path: join(folder, file) }
}
