import avro, { type Type } from 'avsc'

/** A schema as the registry gives it. */
export type RegisteredSchema = {
  readonly schema: string
  readonly references?: readonly { readonly subject: string; readonly version: number }[]
}

/** One schema without references. @param find gives a version of a subject */
export async function inlineReferences(
  registered: RegisteredSchema,
  find: (subject: string, version: number) => Promise<RegisteredSchema>,
): Promise<string> {
  if ((registered.references ?? []).length === 0) return registered.schema
  const registry: Record<string, Type> = {}
  const add = async ({ schema, references = [] }: RegisteredSchema): Promise<Type> => {
    for (const { subject, version } of references) await add(await find(subject, version))
    return avro.Type.forSchema(JSON.parse(schema), { registry })
  }
  return JSON.stringify((await add(registered)).schema({ exportAttrs: true } as never))
}
