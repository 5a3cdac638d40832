// Runs statements on the real engine as a user with grants. Usage: node run-statements.mjs <data> <config.xml> < statements.json
// Prints for each statement null, or the text of its error, as JSON.
import { createRequire } from 'node:module'
import { json } from 'node:stream/consumers'

const { Session } = createRequire(new URL('../../../../../infra/local/package.json', import.meta.url))('chdb')
const [, , data, config] = process.argv
const session = new Session(data, { connectionArgs: [`--config-file=${config}`] })
const errors = (await json(process.stdin)).map((statement) => {
  try {
    session.query(statement)
    return null
  } catch (error) {
    return `${statement.slice(0, 60)}: ${error.message.slice(0, 300)}`
  }
})
process.stdout.write(JSON.stringify(errors))
session.close()
