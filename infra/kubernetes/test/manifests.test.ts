import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { serviceVariables } from '../../../scripts/test/service-variables.ts'

type Container = {
  readonly image: string
  readonly env: readonly { readonly name: string }[]
  readonly envFrom: readonly Readonly<Record<string, { readonly name: string }>>[]
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[]
  readonly resources: {
    readonly requests: Readonly<Record<string, string>>
    readonly limits: { readonly memory: string }
  }
  readonly securityContext: unknown
} & Readonly<
  Record<
    'startupProbe' | 'livenessProbe' | 'readinessProbe',
    { readonly httpGet: { readonly path: string; readonly port: string } }
  >
>

type Manifest = {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly data?: Readonly<Record<string, string>>
  readonly spec: {
    readonly replicas?: number
    readonly selector?: unknown
    readonly ports?: readonly { readonly port: number; readonly targetPort: string }[]
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> }
      readonly spec: { readonly containers: readonly Container[]; readonly securityContext: unknown } & Readonly<
        Record<string, unknown>
      >
    }
  }
}

const folder = fileURLToPath(new URL('..', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const kustomization = parse(read('kustomization.yaml')) as {
  readonly resources: readonly string[]
  readonly images: readonly { readonly name: string; readonly newTag: string }[]
}
const documents = kustomization.resources.flatMap((name) => parseAllDocuments(read(name)))
const manifests = documents.map((document) => document.toJS() as Manifest)
const variables = await serviceVariables()
const { version } = JSON.parse(readFileSync(join(folder, '../../package.json'), 'utf8')) as { version: string }
const portOf: Readonly<Record<string, string>> = {
  projector: 'PROJECTOR_METRICS_PORT',
  gateway: 'GATEWAY_PORT',
  api: 'API_PORT',
}
const find = (kind: string, name: string) => manifests.find((each) => each.kind === kind && each.metadata.name === name)
const settings = Object.keys(find('ConfigMap', 'headwater')?.data ?? {})

it('every file is YAML without errors, and listed', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
  expect([...kustomization.resources, 'kustomization.yaml'].sort()).toEqual(files.sort())
})

it('the images are those of this version', () => {
  for (const { newTag } of kustomization.images) expect(newTag).toBe(version)
  expect(kustomization.images.map(({ name }) => name)).toEqual([
    'headwater-projector',
    'headwater-gateway',
    'headwater-api',
  ])
})

it('sets only variables that a service reads, and no secret', () => {
  const known = Object.keys(portOf).flatMap((service) => [...(variables.get(service)?.keys() ?? [])])
  expect(known).toEqual(expect.arrayContaining(settings))
  expect(settings.filter((each) => each.includes('PASSWORD'))).toEqual([])
  expect(manifests.some(({ kind }) => kind === 'Secret')).toBe(false)
})

it('nothing is reachable and nothing reaches out unless a policy allows it', () => {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy')
  expect(policies.map(({ spec }) => spec)).toContainEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
})

describe.each(Object.keys(portOf))('%s', (name) => {
  const { template, replicas } = find('Deployment', name)?.spec ?? {}
  const pod = template!.spec
  const container = pod.containers[0]!
  const port = Number(variables.get(name)?.get(portOf[name] ?? ''))

  it('runs its image, at the port that the service listens on by default', () => {
    expect(container.image).toBe(`headwater-${name}`)
    expect(container.ports.map(({ containerPort }) => containerPort)).toEqual([port])
    expect(find('Service', name)?.spec.ports).toMatchObject([{ port, targetPort: container.ports[0]?.name }])
    for (const { name: variable } of container.env) expect([...(variables.get(name)?.keys() ?? [])]).toContain(variable)
  })

  it('is probed where the service answers', () => {
    const readiness = name === 'projector' ? '/livez' : '/readyz'
    for (const [probe, path] of [
      ['startupProbe', '/livez'],
      ['livenessProbe', '/livez'],
      ['readinessProbe', readiness],
    ] as const) {
      expect(container[probe].httpGet).toEqual({ path, port: container.ports[0]?.name })
    }
  })

  it('fits the restricted pod security standard', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod['automountServiceAccountToken']).toBe(false)
    expect(container.resources.limits.memory).toMatch(/^\d+Gi$/)
  })

  it('stays available while a node is drained', () => {
    expect(replicas).toBeGreaterThan(1)
    expect(find('PodDisruptionBudget', name)?.spec).toMatchObject({ maxUnavailable: 1 })
    expect(find('Deployment', name)?.spec.selector).toEqual({ matchLabels: template?.metadata.labels })
    expect(find('Service', name)?.spec.selector).toEqual(template?.metadata.labels)
  })
})
