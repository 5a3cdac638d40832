import { type Static, Type } from 'typebox'
import { component, text } from './schema.ts'

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: text('urn:headwater:problem: and the code'),
      title: text('What kind of problem, the same for each code'),
      status: Type.Integer({ description: 'The HTTP status' }),
      detail: text('What is wrong with this request, for people'),
      code: text('What programs branch on'),
    },
    { additionalProperties: true, description: 'RFC 9457; further members are facts about the problem' },
  ),
)
export type Problem = Static<typeof Problem>
