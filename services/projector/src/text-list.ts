/** A list of texts as bound parameters of a query, and the SQL expression, an Array(String), that puts it together again. */
export type TextList = { readonly expression: string; readonly parameters: Readonly<Record<string, string>> }

const separator = '\u001f' // the unit separator; no identifier may hold a control character
const fieldLimit = 100_000 // ClickHouse refuses form fields over 128 KiB (http_max_field_value_size)

/** Texts joined into few long parameters: ClickHouse takes far longer to parse an Array(String) parameter of as many elements. */
export function textList(name: string, texts: Iterable<string>): TextList {
  const fields: string[] = []
  let field = ''
  for (const text of texts) {
    if (field.length + text.length >= fieldLimit) {
      fields.push(field)
      field = ''
    }
    field = field === '' ? text : `${field}${separator}${text}`
  }
  fields.push(field)
  const names = fields.map((_, index) => `${name}${index}`)
  const arrays = names.map((each) => `splitByChar('\\x1f', {${each}:String})`)
  return {
    expression: arrays.length === 1 ? (arrays[0] ?? '') : `arrayConcat(${arrays.join(', ')})`,
    parameters: Object.fromEntries(names.map((each, index) => [each, fields[index] ?? ''])),
  }
}
