import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'

export type Environment = Readonly<Record<string, string | undefined>>

export type GivenVariables<Properties extends Record<string, TSchema>> = {
  /** Each variable as it was set, or its default; not to be used where `problems` has any. */
  readonly values: Readonly<Static<TObject<Properties>>>
  /** A line each, that begins with the variable and never has its value. */
  readonly problems: readonly string[]
}

/**
 * Reads the variables of `schema` from an environment and leaves others alone. One that is set to nothing counts as not set.
 * @param mayBeEmpty those that mean something when they are empty
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
    ? `must be one of ${params.allowedValues.map((value) => (value === '' ? 'nothing' : value)).join(', ')}`
    : message
