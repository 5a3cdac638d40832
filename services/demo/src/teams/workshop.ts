import type { Producer } from '@headwater/producer'
import type { Lake } from '../storage/lake.ts'
import type { Warehouse } from '../storage/warehouse.ts'
import type { Story } from '../story.ts'

/** What the jobs of a team use. */
export type Workshop = {
  readonly producer: Producer
  readonly warehouse: Warehouse
  readonly lake: Lake
  readonly story: Story
}
