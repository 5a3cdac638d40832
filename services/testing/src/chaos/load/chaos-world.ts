import type { SeededRandom } from '../seeded-random.ts'

/** A job with what it reads, which changes over time: one of the variants at a time. */
export type ChaosJob = {
  readonly namespace: string
  readonly name: string
  readonly variants: readonly (readonly string[])[]
  readonly outputs: readonly string[]
}

export type ChaosWorld = {
  readonly assets: readonly string[]
  readonly jobs: readonly ChaosJob[]
}

const layers = [
  { name: 'raw', scheme: 's3', size: 7 },
  { name: 'staged', scheme: 'postgres', size: 7 },
  { name: 'mart', scheme: 'snowflake', size: 6 },
  { name: 'report', scheme: 'dashboard', size: 5 },
] as const

/**
 * Assets in layers, each layer made of the one before by several jobs. Every second namespace has a cycle, and namespaces are chained
 * in threes and no further: simple paths through longer chains of cycles are too many for anyone to list.
 */
export function chaosWorld(random: SeededRandom, namespaces = 12): ChaosWorld {
  const names = Array.from({ length: namespaces }, (_, index) => `team${index}`)
  const jobs = names.flatMap((namespace, index) => {
    const next = names[index + 1]
    return [
      ...layers.flatMap((_, layer) => jobsOfLayer(random, namespace, layer)),
      ...(index % 2 === 0 ? [linking(random, namespace, 'feed_back', namespace)] : []),
      ...(index % 3 < 2 && next !== undefined ? [linking(random, namespace, 'hand_over', next)] : []),
    ]
  })
  return { assets: names.flatMap((namespace) => layers.flatMap((_, layer) => assetsOf(namespace, layer))), jobs }
}

function assetsOf(namespace: string, layer: number): readonly string[] {
  const { name, scheme, size } = layers[layer] ?? layers[0]
  return Array.from({ length: size }, (_, index) => `${scheme}://${namespace}/${name}/a${index}`)
}

/** A job for each asset of the layer, and one that writes assets of two of them as well. */
function jobsOfLayer(random: SeededRandom, namespace: string, layer: number): readonly ChaosJob[] {
  const outputs = assetsOf(namespace, layer)
  const inputs = layer === 0 ? [] : assetsOf(namespace, layer - 1)
  const written = [...outputs.map((output) => [output]), random.some(outputs, 2)]
  return written.map((own, index) => ({
    namespace,
    name: `${layers[layer]?.name}_${index}`,
    variants: Array.from({ length: 3 }, () => [
      ...random.some(inputs, random.between(1, 3)),
      ...(random.chance(0.1) ? random.some(outputs, 1) : []), // of its own layer, at times itself
    ]),
    outputs: random.chance(0.25) ? [...new Set([...own, random.pick(outputs)])] : own,
  }))
}

/** A job that reads the last layer of one namespace and writes the first of another, or of the same. */
function linking(random: SeededRandom, from: string, name: string, to: string): ChaosJob {
  const reports = assetsOf(from, layers.length - 1)
  return {
    namespace: from,
    name,
    variants: Array.from({ length: 3 }, () => random.some(reports, random.between(1, 2))),
    outputs: random.some(assetsOf(to, 0), 1),
  }
}
