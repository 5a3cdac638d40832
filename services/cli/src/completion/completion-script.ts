import type { Command } from 'commander'
import { bashCompletion } from './bash-completion.ts'
import { completionNodes } from './completion-nodes.ts'
import { fishCompletion } from './fish-completion.ts'
import { zshCompletion } from './zsh-completion.ts'

/** A completion script made from the commands and options as they are defined. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const nodes = completionNodes(program)
  switch (shell) {
    case 'bash':
      return bashCompletion(nodes)
    case 'zsh':
      return zshCompletion(nodes)
    case 'fish':
      return fishCompletion(nodes)
    default:
      return shell satisfies never
  }
}
