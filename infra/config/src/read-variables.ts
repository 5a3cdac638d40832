import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'

export type Environment = Readonly<Record<string, string | undefined>>

export type GivenVariables<Properties extends Record<string, TSchema>> = {
  /** The value of each variable, or its default. Not to be used if there are problems. */
  readonly values: Readonly<Static<TObject<Properties>>>
  /** One sentence each, starting with the variable and never containing its value. */
  readonly problems: readonly string[]
}

/**
 * Reads the variables of `schema` from an environment and ignores all others. An empty variable counts as not set.
 * @param mayBeEmpty variables for which an empty value is valid
 */
export function readVariables<Properties extends Record<string, TSchema>>(
  schema: TObject<Properties>,
  env: Environment,
  mayBeEmpty: readonly (keyof Properties & string)[] = [],
): GivenVariables<Properties> {
  const isSet = (name: string, value: string | undefined) =>
    value !== undefined && (value !== '' || mayBeEmpty.includes(name))
  const given = Object.entries(env).filter(
    ([name, value]) => Object.hasOwn(schema.properties, name) && isSet(name, value),
  )
  const values = Value.Convert(schema, Value.Default(schema, Object.fromEntries(given)))
  const problems = [...Value.Errors(schema, values)].map((error) => `${error.instancePath.slice(1)} ${allowed(error)}`)
  return { values: values as GivenVariables<Properties>['values'], problems }
}

const allowed = ({ message, params }: { readonly message: string; readonly params: object }): string =>
  'allowedValues' in params && Array.isArray(params.allowedValues)
    ? `must be one of ${params.allowedValues.map((value) => (value === '' ? '(empty)' : value)).join(', ')}`
    : message
