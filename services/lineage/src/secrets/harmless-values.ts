import { isSecretName, secretKind } from './secret-names.ts'

// What stands under the name of a secret and is none: `password = ?`, `token: null`, `password VARCHAR(20)`.

const placeholder =
  /^(?:|[*•]{3,}|x{3,}|\?|%s|%\(\w+\)s|\$\d+|\$\{[^}]*\}?|\$\([^)]*\)?|\$[A-Z_][A-Z0-9_]*|%[A-Z_]+%|\{\{.*|\{\w*\}|<[\w .-]*>?|\[?(?:redacted|masked|hidden|filtered|removed|secret|sensitive)\]?)$/i
const word =
  /^(?:null|none|nil|undefined|nan|true|false|yes|no|on|off|required|missing|invalid|expired|empty|unset|default|not|is|or|and)$/i
const type =
  /^(?:string|str|text|(?:n?var)?n?char2?|character|int(?:eger)?\d*|u?int\d+|bigint|smallint|tinyint|long|short|byte|float\d*|double|decimal|numeric|number|real|bool(?:ean)?|date|datetime\d*|time|timestamp\w*|binary|varbinary|bytes|bytea|blob|clob|uuid|jsonb?|variant|object|array|dict|list|map|optional|sequence|struct|record|any|union|secretstr|nullable|fixedstring)(?:[<([].*)?$/is
const parameter = /^[:@$](\w{1,128})$/
const reference = /^(?:[A-Za-z_]\w{0,127}\.){1,8}([A-Za-z_]\w{0,127})$/
const call = /^[A-Za-z_][\w.]{0,255}(?:\(["')]?|\[["']?)$/
/** Also the port of a host that is called so. */
const smallNumber = /^-?\d{1,6}(?:\.\d{1,6}|[/?#].*)?$/s
const directory = /^(?:\/|[A-Za-z]:[\\/])/
const longest = 512

/** True when a text under the name of a secret is surely none. */
export function isHarmless(value: string, name: string): boolean {
  if (value.length > longest) return false
  if (placeholder.test(value) || word.test(value) || type.test(value) || call.test(value)) return true
  if (/^(?:old)?pwd$/i.test(name) && directory.test(value)) return true // the working directory of a process
  const [, refersTo] = parameter.exec(value) ?? reference.exec(value) ?? []
  if (refersTo !== undefined && isSecretName(refersTo)) return true
  return secretKind(name) === 'weak' && smallNumber.test(value)
}
