import { createRequire } from 'node:module'
import { buildMaterialization } from '@headwater/testing/events'
import { expect, it } from 'vitest'
import { kafkaTransport } from '../src/index.ts'

const require = createRequire(new URL('../../../schemas/package.json', import.meta.url))
type Sources = Readonly<Record<string, string>>

/** Source text of every function that the loaded modules of a package export or have on a prototype, by file and path. */
function sourcesOf(name: string): Sources {
  const found: Record<string, string> = {}
  for (const [file, loaded] of Object.entries(require.cache)) {
    if (file.includes(`/node_modules/${name}/`))
      collect(file.split(`/node_modules/${name}/`)[1] ?? file, loaded?.exports, found)
  }
  return found
}

function collect(path: string, value: unknown, found: Record<string, string>, depth = 0): void {
  if (depth > 5 || value === null || (typeof value !== 'object' && typeof value !== 'function')) return
  if (typeof value === 'function') found[path] = String(value)
  for (const [key, { value: member }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (key !== 'constructor') collect(`${path}.${key}`, member, found, depth + 1)
  }
}

/** The same of a package as it is installed. */
function sourcesAsInstalled(name: string): Sources {
  const ours = Object.entries(require.cache).filter(([file]) => file.includes(`/node_modules/${name}/`))
  for (const [file] of ours) delete require.cache[file]
  require(name)
  const installed = sourcesOf(name)
  for (const [file, loaded] of ours) require.cache[file] = loaded
  return installed
}

it.each(['avsc', 'kafkajs'])('leaves %s as the program that imports the SDK has it', async (name) => {
  const transport = kafkaTransport({ brokers: ['127.0.0.1:1'], schemaRegistryUrl: 'http://127.0.0.1:1' })
  await expect(transport.send([buildMaterialization()])).rejects.toThrow()
  await transport.close()
  const [ours, installed] = [sourcesOf(name), sourcesAsInstalled(name)]
  const paths = Object.keys(ours).filter((path) => path in installed)
  expect(paths.length).toBeGreaterThan(50)
  expect(paths.filter((path) => ours[path] !== installed[path])).toEqual([])
})
