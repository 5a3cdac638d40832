import type { CompletionNode, CompletionOption } from './completion-nodes.ts'

/** A completion script for bash, also for the version 3.2 of macOS. */
export function bashCompletion(nodes: readonly CompletionNode[]): string {
  const [root] = nodes
  const name = root?.path ?? ''
  return `# bash completion for ${name}, made by: ${name} completion bash
_${name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" node='${name}' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$node $word" in
      ${nodes
        .slice(1)
        .map(({ path }) => `'${path}'`)
        .join(' | ')}) node="$node $word" ;;
    esac
  done
  COMPREPLY=()
  case "$node \${COMP_WORDS[COMP_CWORD-1]}" in
${valueCases(nodes)}
  esac
  case "$node" in
${nodes.map(nodeCase).join('\n')}
  esac
  if [[ -n $words ]]; then
    compopt +o default 2>/dev/null
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
complete -o default -F _${name} ${name}`
}

/** After an option with a value: paths are completed by bash itself, other values not at all. */
function valueCases(nodes: readonly CompletionNode[]): string {
  const after = (value: CompletionOption['value']) =>
    nodes.flatMap(({ path, options }) =>
      options.filter((option) => option.value === value).flatMap(({ long }) => `'${path} --${long}'`),
    )
  return [
    `    ${after('path').join(' | ')}) return ;;`,
    `    ${after('other').join(' | ')}) compopt +o default 2>/dev/null; return ;;`,
  ].join('\n')
}

function nodeCase({ path, words, options, takesFile }: CompletionNode): string {
  const flags = options.map(({ long }) => `--${long}`).join(' ')
  const names = words.map(({ name }) => name).join(' ')
  const plain = names !== '' ? `words='${names}'` : takesFile ? 'return' : 'compopt +o default 2>/dev/null'
  return `    '${path}') if [[ $cur == -* ]]; then words='${flags}'; else ${plain}; fi ;;`
}
