type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: { readonly type?: string; readonly enum?: readonly string[]; readonly default?: unknown }
}
type Operation = {
  readonly summary?: string
  readonly parameters?: readonly Parameter[]
  readonly responses?: Readonly<Record<string, unknown>>
}

/** A self-contained HTML page of the routes in an OpenAPI document. */
export function docsPage(document: object): string {
  const { info, paths } = document as {
    info: { title: string; description?: string }
    paths: Record<string, { get?: Operation }>
  }
  const routes = Object.entries(paths).flatMap(([path, { get }]) => (get === undefined ? [] : [routeOf(path, get)]))
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)} API</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
code{font:14px/1.4 ui-monospace,monospace}h2{margin-top:2.5rem;border-top:1px solid #8884;padding-top:1rem}
td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style></head><body>
<h1>${escaped(info.title)} API</h1><p>${escaped(info.description ?? '')}</p>
<p>For programs: <a href="/openapi.json">/openapi.json</a></p>
${routes.join('\n')}
</body></html>
`
}

function routeOf(path: string, { summary, parameters = [] }: Operation): string {
  const rows = parameters.map(
    ({ name, required, description, schema }) =>
      `<tr><td><code>${escaped(name)}</code>${required ? ' (required)' : ''}</td><td>${escaped(description ?? '')}${escaped(valuesOf(schema))}</td></tr>`,
  )
  return `<h2 id="${escaped(path)}"><code>GET ${escaped(path)}</code></h2><p>${escaped(summary ?? '')}</p>
<table>${rows.join('')}</table>`
}

function valuesOf(schema: Parameter['schema'] = {}): string {
  const values = schema.enum === undefined ? '' : `. One of ${schema.enum.join(', ')}`
  return schema.default === undefined ? values : `${values}. Default ${String(schema.default)}`
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character)
