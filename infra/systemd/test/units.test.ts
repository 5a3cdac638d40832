import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { serviceVariables } from '../../../scripts/test/service-variables.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const names = readdirSync(folder).filter((name) => name.endsWith('.service'))
const variables = await serviceVariables()
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0

const assignments = (name: string) =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const)

/** A copy of a unit for this machine: systemd-analyze wants programs that exist. */
function copyForThisMachine(name: string): string {
  const unit = join(mkdtempSync(join(tmpdir(), 'headwater-units-')), name)
  const text = readFileSync(join(folder, name), 'utf8')
  writeFileSync(unit, text.replace('/usr/bin/node', process.execPath).replaceAll('/opt/headwater', tmpdir()))
  return unit
}

it('there is a unit for each service', () => {
  expect(names.sort()).toEqual(['headwater-api.service', 'headwater-gateway.service', 'headwater-projector.service'])
})

describe.each(names)('%s', (name) => {
  const service = name.replace(/^headwater-|\.service$/g, '')
  const unit = assignments(name)

  it('starts the built program of its service', () => {
    const start = unit.find(([key]) => key === 'ExecStart')?.[1] ?? ''
    expect(start).toMatch(new RegExp(`^/usr/bin/node .*services/${service}/dist/main\\.js$`))
  })

  it('sets only variables that its service reads', () => {
    const set = unit.filter(([key]) => key === 'Environment').flatMap(([, value]) => value.split(' '))
    const known = [...(variables.get(service)?.keys() ?? []), 'NODE_ENV']
    expect(known).toEqual(expect.arrayContaining(set.map((each) => each.split('=')[0])))
  })

  it('is confined: a user of its own, no privileges, a read-only system, bounded memory, and restarts', () => {
    expect(Object.fromEntries(unit)).toMatchObject({
      DynamicUser: 'yes',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      Restart: 'always',
      MemoryMax: expect.stringMatching(/^\d+G$/),
    })
  })

  it.skipIf(!hasAnalyze)('is accepted by systemd, with little exposure', () => {
    const copy = copyForThisMachine(name)
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', copy], {
      encoding: 'utf8',
    })
    expect(verified.stderr.split('\n').filter((line) => line.includes(name))).toEqual([])
    const exposed = spawnSync('systemd-analyze', ['security', '--offline=yes', '--threshold=25', copy], {
      encoding: 'utf8',
    })
    expect(exposed.status, exposed.stdout).toBe(0)
  })
})

it('headwater.env sets only variables that a service reads, and no secret', () => {
  const known = [...variables].flatMap(([service, each]) => (service === 'cli' ? [] : [...each.keys()]))
  const set = readFileSync(join(folder, 'headwater.env'), 'utf8').match(/^[A-Z_]+(?==)/gm) ?? []
  expect(known).toEqual(expect.arrayContaining(set))
  expect(set.filter((each) => /PASSWORD|KEY$/.test(each))).toEqual([])
})
