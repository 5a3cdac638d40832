import { type Static, Type } from 'typebox'
import { component, text } from './schema.ts'

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: text('urn:headwater:problem: and the code in lower case, with hyphens'),
      title: text('Kind of problem, the same for all problems with this code'),
      status: Type.Integer({ description: 'HTTP status' }),
      detail: text('What is wrong with this request, for people'),
      code: text('Code that programs branch on; docs/errors.md lists all'),
    },
    {
      additionalProperties: true,
      description: 'Problem document (RFC 9457); further members are facts about the problem',
    },
  ),
)
export type Problem = Static<typeof Problem>
