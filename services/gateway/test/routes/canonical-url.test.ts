import { describe, expect, it } from 'vitest'
import { canonicalUrl } from '../../src/routes/canonical-url.ts'

describe('canonicalUrl', () => {
  it.each([
    ['/api/v1/lineage', '/api/v1/lineage'],
    ['/api/v1/lineage/', '/api/v1/lineage'],
    ['//api/v1/lineage', '/api/v1/lineage'],
    ['/api//v1/lineage//', '/api/v1/lineage'],
    ['/some/prefix/api/v1/lineage', '/api/v1/lineage'],
    ['/api/v1/lineage/api/v1/lineage', '/api/v1/lineage'],
    ['/api/v1/lineage/batch/', '/api/v1/lineage/batch'],
    ['/prefix//api/v1/lineage/batch', '/api/v1/lineage/batch'],
    ['http://host:8090/api/v1/lineage', '/api/v1/lineage'],
    ['/api/v1/lineage/?token=a//b', '/api/v1/lineage?token=a//b'],
    ['/x/api/v1/events/', '/api/v1/events'],
    ['/x/api/v1/aliases?key=a', '/api/v1/aliases?key=a'],
  ])('rewrites %s to %s', (url, route) => {
    expect(canonicalUrl(url)).toBe(route)
  })

  it.each([
    '/',
    '/livez',
    '/api/v1/lineages',
    '/api/v1/lineage/other',
    '/api/v2/lineage',
    '/xapi/v1/lineage',
    '/a?b=/api/v1/lineage',
  ])('leaves %s unchanged', (url) => {
    expect(canonicalUrl(url)).toBe(url)
  })
})
