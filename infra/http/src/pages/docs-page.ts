import { escaped, htmlPage } from './html-page.ts'

type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly default?: unknown
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
}
type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}
type Content = { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>
}
type Document = {
  readonly info: { readonly title: string; readonly description?: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
type Route = { readonly method: string; readonly path: string; readonly operation: Operation }

/** A self-contained HTML page of the operations in an OpenAPI document. */
export function docsPage(document: object): string {
  const { info, paths } = document as Document
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  return htmlPage(
    `${info.title} API`,
    `<header><h1>${escaped(info.title)} API</h1></header>
<nav aria-label="Operations"><ul>${routes.map(entryOf).join('')}</ul></nav>
<main><p>${escaped(info.description ?? '')}</p>
<p>For programs: <a href="/openapi.json">/openapi.json</a>. Start: <a href="/">/</a></p>
${routes.map(sectionOf).join('\n')}</main>`,
  )
}

const idOf = ({ method, path }: Route) => escaped(method === 'GET' ? path : `${method} ${path}`)
const nameOf = ({ method, path }: Route) => `<code>${escaped(`${method} ${path}`)}</code>`
const entryOf = (route: Route) =>
  `<li><a href="#${encodeURI(idOf(route))}">${nameOf(route)}</a> ${escaped(route.operation.summary ?? '')}</li>`

function sectionOf(route: Route): string {
  const { summary = '', description, parameters = [], requestBody, responses = {} } = route.operation
  const given = parameters.map(({ name, required, description: text, schema }) => [
    `<code>${escaped(name)}</code>${required ? ' (required)' : ''}`,
    `${escaped(text ?? '')}${escaped(valuesOf(schema))}`,
  ])
  const answers = Object.entries(responses).map(([status, { description: text }]) => [status, escaped(text ?? '')])
  return `<section><h2 id="${idOf(route)}">${nameOf(route)}</h2><p>${escaped(summary)}</p>
${description === undefined ? '' : `<p>${escaped(description)}</p>`}
${requestBody === undefined ? '' : `<p>Body: ${escaped(bodyOf(requestBody))}</p>`}
${table('Parameters', given)}${table('Answers', answers)}</section>`
}

const table = (caption: string, rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `<h3>${caption}</h3><table>${rows.map(([head, text]) => `<tr><th scope="row">${head}</th><td>${text}</td></tr>`).join('')}</table>`

const bodyOf = ({ content = {} }: Content): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `${type}, ${schemaName(schema)}`)
    .join('; ')

function schemaName(schema: Schema = {}): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.oneOf !== undefined) return schema.oneOf.map(schemaName).join(' or ')
  if (schema.items !== undefined) return `array of ${schemaName(schema.items)}`
  return [schema.type].flat().join(' or ')
}

function valuesOf(schema: Schema = {}): string {
  const values = schema.enum === undefined ? '' : `. One of ${schema.enum.join(', ')}`
  return schema.default === undefined ? values : `${values}. Default ${String(schema.default)}`
}
