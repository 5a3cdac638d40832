import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import { ApiError } from '../errors.ts'

type JsonSchema = {
  readonly type?: string
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

/** One error for all invalid parameters of a request; it names each of them, and what is allowed. */
export function parameterProblem(found: readonly FastifySchemaValidationError[]): ApiError {
  const errors = found.map(problemOfParameter)
  const detail = errors.map((error) => error.detail).join('; ')
  return new ApiError('INVALID_PARAMETER', detail, { parameter: errors[0]?.parameter ?? null, errors })
}

type ParameterProblem = { readonly parameter: string; readonly detail: string }

function problemOfParameter(error: VerboseError): ParameterProblem {
  const schema = error.parentSchema ?? {}
  if (error.keyword === 'additionalProperties') {
    const parameter = String(error.params['additionalProperty'])
    const allowed = Object.keys(schema.properties ?? {}).join(', ')
    return { parameter, detail: `unknown parameter ${shown(parameter)}; allowed: ${allowed}` }
  }
  if (error.keyword === 'required') {
    const parameter = String(error.params['missingProperty'])
    const description = schema.properties?.[parameter]?.description
    return { parameter, detail: `${parameter} is missing${description === undefined ? '' : ` (${description})`}` }
  }
  const parameter = error.instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
  if (Array.isArray(error.data)) {
    return { parameter, detail: `${parameter} is given ${error.data.length} times; give it once` }
  }
  return { parameter, detail: `${parameter} must be ${allowedBy(schema)}, not ${shown(error.data)}` }
}

function allowedBy({ type, enum: values, minimum, maximum, minLength, maxLength }: JsonSchema): string {
  if (values !== undefined) return `one of ${values.join(', ')}`
  if (type === 'boolean') return 'true or false'
  if (type === 'integer') return `an integer from ${minimum ?? 0} to ${maximum ?? 'any'}`
  const length = maxLength === undefined ? '' : ` of ${minLength ?? 0} to ${maxLength} characters`
  return `a text${length}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 80 ? text : `${text.slice(0, 80)}… (${text.length - 2} characters)`
}
