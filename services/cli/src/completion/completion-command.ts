import { Argument, type Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'

const shells = ['bash', 'zsh', 'fish'] as const

const install = `
bash: headwater completion bash > ~/.local/share/bash-completion/completions/headwater
zsh:  headwater completion zsh > ~/.zfunc/_headwater   (a directory in $fpath)
fish: headwater completion fish > ~/.config/fish/completions/headwater.fish`

export function addCompletionCommand(program: Command, { context }: CommandHost): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell to complete in').choices(shells))
    .addHelpText('after', install)
    .addHelpText('after', examples('source <(headwater completion bash)'))
    .action(async (shell: (typeof shells)[number]) => {
      const { completionScript } = await import('./completion-script.ts')
      context.print(completionScript(program, shell))
    })
}
