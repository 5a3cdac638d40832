/** SQL: selects what the parameters, arrays of texts, hold at each place. */
export function rowsOf(...parameters: readonly string[]): string {
  const zipped = `arrayZip(${parameters.map((name) => `{${name}:Array(String)}`).join(', ')})`
  return `SELECT ${parameters.map((_, at) => `row.${at + 1}`).join(', ')} FROM (SELECT arrayJoin(${zipped}) AS row)`
}
