import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const text = readFileSync(join(root, 'infra/docker/Dockerfile'), 'utf8')
const lines = text.replaceAll('\\\n', ' ').split('\n')
const stages = lines.flatMap((line) => /^FROM .* AS (\w+)$/.exec(line)?.[1] ?? [])
const copies = lines.filter((line) => line.startsWith('COPY '))
const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
const production = lines.findIndex((line) => line.startsWith('FROM') && line.endsWith('AS dependencies'))

describe('Dockerfile', () => {
  it('copies only files that exist and that .dockerignore includes', () => {
    const sources = copies.filter((line) => !line.includes('--from=')).flatMap((line) => line.split(/\s+/).slice(1, -1))
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true)
      if (source !== '.') expect(ignored).toContain(`!${source.split('/')[0]}`)
    }
  })

  it('names its base image by an exact version', () => {
    const version = /^ARG NODE_VERSION=(.*)$/m.exec(text)?.[1]
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    for (const line of lines.filter((each) => each.startsWith('FROM ')))
      expect(line.replace(/\$\{NODE_VERSION\}/, 'VERSION')).toMatch(/^FROM node:VERSION-bookworm-slim( AS \w+)?$/)
  })

  it('copies only from its own stages', () => {
    const from = copies.flatMap((line) => /--from=(\w+)/.exec(line)?.[1] ?? [])
    expect(from.length).toBeGreaterThan(0)
    expect(stages).toEqual(expect.arrayContaining(from))
  })

  it('includes every workspace in the build context, because the lock file names them all', () => {
    const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] }
    for (const workspace of workspaces) {
      const folder = workspace.split('/')[0]
      expect(ignored.includes(`!${folder}`) || ignored.includes(`!${workspace}/package.json`), workspace).toBe(true)
    }
  })

  it('installs the production dependencies of one service only, without the embedded engine', () => {
    const install = lines.slice(production).find((line) => line.includes('npm ci'))
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
    expect(install).toContain('--omit=dev --workspace services/${SERVICE}')
    expect(install).not.toContain('--include-workspace-root')
  })

  it.each(['api', 'gateway', 'projector', 'demo'])(
    'builds %s, which does not depend on the embedded stack',
    (service) => {
      const visited = new Set<string>()
      const visit = (folder: string) => {
        const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
          dependencies?: Record<string, string>
        }
        for (const name of Object.keys(manifest.dependencies ?? {})) {
          if (visited.has(name)) continue
          visited.add(name)
          const own = name.replace('@headwater/', '')
          const candidates = ['schemas', `services/${own}`, `infra/${own}`].filter(
            (each) => name.startsWith('@headwater/') && each.endsWith(own),
          )
          for (const each of candidates) if (existsSync(join(root, each))) visit(each)
        }
      }
      visit(`services/${service}`)
      expect([...visited]).not.toContain('@headwater/local')
      expect([...visited]).not.toContain('chdb')
      expect(visited.size).toBeGreaterThan(0)
    },
  )

  it('runs as an unprivileged user, with a health check', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last).toContain('USER node')
    expect(last.find((line) => line.startsWith('HEALTHCHECK'))).toContain('"health.mjs"')
    expect(last.find((line) => line.startsWith('CMD'))).toContain('"service/dist/main.js"')
  })
})
