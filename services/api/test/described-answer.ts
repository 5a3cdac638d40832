import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import document from '../openapi.json' with { type: 'json' }

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'document')

const paths = Object.entries(document.paths).map(([path, item]) => {
  const url = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
  return { url, responses: item.get.responses as unknown as Readonly<Record<string, Response>> }
})
type Response = { readonly content?: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> }

/** Expects that openapi.json describes an answer: its status, its type and, to the format of each time, its body. */
export function expectDescribed(
  url: string,
  answer: { statusCode: number; headers: object; json: () => unknown },
): void {
  const path = url.split('?', 1)[0] ?? ''
  const responses = paths.find((route) => route.url.test(path))?.responses
  const response = responses?.[String(answer.statusCode)]
  expect(response, `${answer.statusCode} of ${path} in openapi.json`).toBeDefined()
  const [type = ''] = String((answer.headers as Record<string, unknown>)['content-type']).split(';')
  const schema = response?.content?.[type]?.schema
  expect(schema, `${type} of ${path} in openapi.json`).toBeDefined()
  const validate = ajv.compile({ $ref: `document${schema?.$ref}` })
  validate(answer.json())
  expect(validate.errors, path).toBeNull()
}
