// The real engine behind HTTP, for a user whose profile has readonly = 1: whatever of an address is a setting, the engine itself judges.
// Usage: node read-only-server.mjs <data> <config.xml>; prints its port.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'

const { Session } = createRequire(new URL('../../../../../infra/local/package.json', import.meta.url))('chdb')
const [, , data, config] = process.argv
const keeper = new Session(data, { connectionArgs: [`--config-file=${config}`] })
// https://github.com/ClickHouse/ClickHouse/blob/master/src/Server/HTTPHandler.cpp, `reserved_param_names`, database and format
const reserved =
  /^(?:query|query_id|database|default_format|compress|decompress|user|password|quota_key|stacktrace|role|buffer_size|wait_end_of_query|session_id|session_timeout|session_check|client_protocol_version|close_session)$/
const literal = (text) => `'${text.replace(/[\\']/g, '\\$&')}'`
const assignments = (values) => values.map(([name, value]) => `${name} = ${literal(value)}`).join(', ')

async function fieldsOf(request, url) {
  const body = await buffer(request)
  const type = request.headers['content-type'] ?? ''
  const isForm = type.startsWith('multipart/form-data')
  const form = isForm ? await new Response(body, { headers: { 'content-type': type } }).formData() : []
  const fields = new Map([...form, ...url.searchParams])
  return { fields, sql: fields.get('query') ?? body.toString() }
}

function run({ fields, sql }) {
  const session = new Session(data)
  try {
    const all = [...fields].filter(([name]) => !reserved.test(name))
    const settings = all.filter(([name]) => !name.startsWith('param_'))
    const parameters = all.filter(([name]) => name.startsWith('param_'))
    if (fields.has('database')) session.query(`USE \`${fields.get('database')}\``)
    if (settings.length > 0) session.query(`SET ${assignments(settings)}`)
    if (parameters.length > 0) session.query(`SET ${assignments(parameters)}`)
    return session.query(sql)
  } finally {
    session.close()
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(`http://localhost${request.url}`)
  if (url.pathname === '/ping') return response.end('Ok.\n')
  try {
    response.end(run(await fieldsOf(request, url)))
  } catch (error) {
    const text = error.message.slice(error.message.indexOf('Code: '))
    response.writeHead(500, { 'x-clickhouse-exception-code': /\d+/.exec(text)?.[0] ?? '1002' }).end(text)
  }
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.once('SIGTERM', () => {
  keeper.close()
  process.exit(0)
})
