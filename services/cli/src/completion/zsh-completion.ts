import type { CompletionNode, CompletionOption } from './completion-nodes.ts'

/** A completion script for zsh: an autoloaded function of $fpath. */
export function zshCompletion(nodes: readonly CompletionNode[]): string {
  const [root] = nodes
  const name = root?.path ?? ''
  return `#compdef ${name}
# zsh completion for ${name}, made by: ${name} completion zsh
_${name}() {
  local node='${name}' word
  local -a items
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$node $word" in
      (${nodes
        .slice(1)
        .map(({ path }) => quoted(path))
        .join('|')}) node="$node $word" ;;
    esac
  done
  case "$node \${words[CURRENT-1]}" in
${valueCases(nodes)}
  esac
  case "$node" in
${nodes.map(nodeCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi`
}

function valueCases(nodes: readonly CompletionNode[]): string {
  const after = (value: CompletionOption['value']) =>
    nodes.flatMap(({ path, options }) =>
      options.filter((option) => option.value === value).map(({ long }) => quoted(`${path} --${long}`)),
    )
  return [`    (${after('path').join('|')}) _files; return ;;`, `    (${after('other').join('|')}) return ;;`].join(
    '\n',
  )
}

function nodeCase({ path, words, options, takesFile }: CompletionNode): string {
  const flags = options.map(({ long, description }) => item(`--${long}`, description)).join(' ')
  const names = words.map(({ name, description }) => item(name, description)).join(' ')
  const plain = names !== '' ? `items=(${names}); _describe command items` : takesFile ? '_files' : ':'
  return `    (${quoted(path)}) if [[ $PREFIX == -* ]]; then items=(${flags}); _describe -o option items; else ${plain}; fi ;;`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const item = (name: string, description: string): string =>
  quoted(description === '' ? name : `${name}:${description.replaceAll(':', '\\:')}`)
