import { describe, expect, it } from 'vitest'
import { chaosWorld } from '../../../src/chaos/load/chaos-world.ts'
import { SeededRandom } from '../../../src/chaos/seeded-random.ts'
import { distances } from '../../../src/reference/reference-lineage.ts'

const world = chaosWorld(new SeededRandom(1))
const links = world.jobs.flatMap(({ variants, outputs }) =>
  variants.flat().flatMap((from) => outputs.map((to) => ({ from, to }))),
)

describe('A world of chaos', () => {
  it('has some hundreds of distinct assets and jobs in several namespaces', () => {
    expect(new Set(world.assets).size).toBe(world.assets.length)
    expect(world.assets.length).toBeGreaterThan(200)
    expect(new Set(world.jobs.map(({ namespace, name }) => `${namespace}/${name}`)).size).toBe(world.jobs.length)
    expect(world.jobs.length).toBeGreaterThan(200)
    expect(new Set(world.jobs.map(({ namespace }) => namespace)).size).toBe(12)
  })

  it('names no asset that is not its own', () => {
    const known = new Set(world.assets)
    expect(links.filter(({ from, to }) => !known.has(from) || !known.has(to))).toEqual([])
  })

  it('has cycles, and no way through more than three namespaces', () => {
    const reachable = (from: string) => [...distances(links, from, Number.POSITIVE_INFINITY).keys()]
    const successors = (from: string) => links.filter((link) => link.from === from && link.to !== from)
    expect(world.assets.some((asset) => successors(asset).some(({ to }) => reachable(to).includes(asset)))).toBe(true)
    const crossed = world.assets.map((asset) => new Set(reachable(asset).map((key) => key.split('/')[2])).size)
    expect(Math.max(...crossed)).toBe(3)
  })
})
