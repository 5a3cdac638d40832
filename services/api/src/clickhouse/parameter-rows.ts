/** SQL: a SELECT of rows made of the elements at the same index of each parameter, an Array(String). */
export function parameterRows(...parameters: readonly string[]): string {
  const zipped = `arrayZip(${parameters.map((name) => `{${name}:Array(String)}`).join(', ')})`
  return `SELECT ${parameters.map((_, at) => `row.${at + 1}`).join(', ')} FROM (SELECT arrayJoin(${zipped}) AS row)`
}
