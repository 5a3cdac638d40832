/** Command lines to try, for the end of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples\n${lines.map((line) => `  $ ${line}`).join('\n')}`
