import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import { similarNames } from '../answers/similar-names.ts'
import { ApiError } from '../errors.ts'
import { formatProblem, shown } from './text-formats.ts'

type JsonSchema = {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

// Ajv adds these fields with its option `verbose`.
type VerboseError = FastifySchemaValidationError & { readonly data?: unknown; readonly parentSchema?: JsonSchema }

export type ParameterError = { readonly parameter: string; readonly detail: string }

/** The error of a request with these invalid parameters. */
export function invalidParameters(
  errors: readonly ParameterError[],
  code: 'INVALID_PARAMETER' | 'INVALID_ASSET_KEY' = 'INVALID_PARAMETER',
) {
  const detail = errors.map((error) => error.detail).join('; ')
  return new ApiError(code, detail, { parameter: errors[0]?.parameter ?? null, errors })
}

/** One error for all parameters of a request that a schema refuses; it names each of them once, unknown ones first, and what is allowed. */
export function parameterProblem(found: readonly FastifySchemaValidationError[]): ApiError {
  const isUnknown = ({ keyword }: FastifySchemaValidationError) => keyword === 'additionalProperties'
  const errors = new Map<string, ParameterError>()
  for (const error of found.toSorted((a, b) => Number(isUnknown(b)) - Number(isUnknown(a)))) {
    const problem = problemOfParameter(error)
    if (!errors.has(problem.parameter)) errors.set(problem.parameter, problem)
  }
  const areKeys = found.every(
    (error: VerboseError) => error.parentSchema?.format === 'asset-key' && !Array.isArray(error.data),
  )
  return invalidParameters([...errors.values()], areKeys ? 'INVALID_ASSET_KEY' : 'INVALID_PARAMETER')
}

function problemOfParameter(error: VerboseError): ParameterError {
  const schema = error.parentSchema ?? {}
  if (error.keyword === 'additionalProperties')
    return unknownParameter(String(error.params['additionalProperty']), schema)
  if (error.keyword === 'required') {
    const parameter = String(error.params['missingProperty'])
    const description = schema.properties?.[parameter]?.description
    return { parameter, detail: `${parameter} is missing${description === undefined ? '' : ` (${description})`}` }
  }
  const parameter = error.instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(error.data)) {
    return { parameter, detail: `${parameter} is given ${error.data.length} times; give it once` }
  }
  const problem =
    error.keyword === 'pattern' || schema.format === 'asset-key'
      ? formatProblem(schema.format, parameter, String(error.data))
      : undefined
  return { parameter, detail: problem ?? `${parameter} must be ${allowedBy(schema)}, not ${shown(error.data)}` }
}

function unknownParameter(parameter: string, { properties = {} }: JsonSchema): ParameterError {
  const allowed = Object.keys(properties)
  const [similar] = similarNames(parameter, allowed, 1)
  const hint = similar === undefined ? '' : `; did you mean ${similar}?`
  return { parameter, detail: `unknown parameter ${shown(parameter)}${hint}; allowed: ${allowed.join(', ')}` }
}

function allowedBy({ type, enum: values, minimum, maximum, minLength, maxLength }: JsonSchema): string {
  if (values !== undefined) return `one of ${values.join(', ')}`
  if (type === 'boolean') return 'true or false'
  if (type === 'integer') return `an integer from ${minimum ?? 0} to ${maximum ?? 'any'}`
  const length =
    maxLength === undefined
      ? ` of at least ${minLength ?? 0} characters`
      : ` of ${minLength ?? 0} to ${maxLength} characters`
  return `a text${length}`
}
