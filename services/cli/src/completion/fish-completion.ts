import type { CompletionNode, CompletionOption } from './completion-nodes.ts'

/** A completion script for fish. */
export function fishCompletion(nodes: readonly CompletionNode[]): string {
  const [root] = nodes
  const name = root?.path ?? ''
  const lines = nodes.flatMap(({ path, words, options, takesFile }) => {
    const at = `complete -c ${name} -n '__${name}_at "${path}"'`
    return [
      ...words.map((word) => `${at} -a ${word.name}${described(word.description)}`),
      ...options.map((option) => `${at}${flagsOf(option)}${described(option.description)}`),
      ...(takesFile ? [`${at} -F`] : []),
    ]
  })
  return `# fish completion for ${name}, made by: ${name} completion fish
function __${name}_at
  set -l node ${name}
  for word in (commandline -opc)[2..-1]
    switch "$node $word"
      case ${nodes
        .slice(1)
        .map(({ path }) => `'${path}'`)
        .join(' ')}
        set node "$node $word"
    end
  end
  test "$node" = "$argv[1]"
end
complete -c ${name} -f
${lines.join('\n')}`
}

function flagsOf({ short, long, value }: CompletionOption): string {
  const names = `${short === undefined ? '' : ` -s ${short}`} -l ${long}`
  return `${names}${value === 'none' ? '' : value === 'path' ? ' -r -F' : ' -x'}`
}

const described = (text: string): string =>
  text === '' ? '' : ` -d '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
