import type { Command, Option } from 'commander'

/** A command as a completion script needs it. */
export type CompletionNode = {
  /** Its name after those of its parents: `headwater dlq list`. */
  readonly path: string
  readonly words: readonly CompletionWord[]
  readonly options: readonly CompletionOption[]
  /** Whether an argument is the path of a file. */
  readonly takesFile: boolean
}

/** A subcommand, or an allowed argument. */
export type CompletionWord = { readonly name: string; readonly description: string }

export type CompletionOption = {
  readonly long: string
  /** Without its dash. */
  readonly short: string | undefined
  readonly description: string
  readonly value: 'none' | 'path' | 'other'
}

/** A program and all its commands, parents first. */
export function completionNodes(program: Command): readonly CompletionNode[] {
  return [nodeOf(program, program.name()), ...subcommands(program, program.name())]
}

const subcommands = (command: Command, path: string): readonly CompletionNode[] =>
  visibleCommands(command).flatMap((child) => {
    const childPath = `${path} ${child.name()}`
    if (child.name() === 'help') return [{ path: childPath, words: wordsOf(command), options: [], takesFile: false }]
    return [nodeOf(child, childPath), ...subcommands(child, childPath)]
  })

function nodeOf(command: Command, path: string): CompletionNode {
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? [])
  return {
    path,
    words: [...wordsOf(command), ...choices.map((name) => ({ name, description: '' }))],
    options: command.createHelp().visibleOptions(command).flatMap(optionOf),
    takesFile: command.registeredArguments.some((argument) => argument.name() === 'file'),
  }
}

const visibleCommands = (command: Command) => command.createHelp().visibleCommands(command)

const wordsOf = (command: Command): readonly CompletionWord[] =>
  visibleCommands(command).map((child) => ({ name: child.name(), description: child.description() }))

function optionOf({ long, short, description, flags, required, optional }: Option): readonly CompletionOption[] {
  if (long === undefined) return []
  const takesPath = /<(path|dir|file)>/.test(flags)
  const value = takesPath ? 'path' : required || optional ? 'other' : 'none'
  return [{ long: long.slice(2), short: short?.slice(1), description, value }]
}
