import type { Table, Warehouse } from '../storage/warehouse.ts'

export type Decision = {
  readonly hub: string
  readonly month: string
  readonly wildlifePatrol: boolean
  readonly reasons: readonly string[]
  /** The tables read, with their row counts at that time. */
  readonly read: readonly Table[]
}

type Seen = { airport: string; flights: number; late_share: number; worst_month: string; country: number }
type Strikes = { in_month: number; mean: number }

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** An agent that decides by rules: chooses the hub with the most late flights among those with a larger share than the country. */
export async function decideCrew(
  warehouse: Warehouse,
  { ranking, states, rate }: Record<'ranking' | 'states' | 'rate', Table>,
): Promise<Decision> {
  const hub = await warehouse.row<Seen>(
    `WITH (SELECT sum(late_share * flights) / sum(flights) FROM ${states.name}) AS country
     SELECT *, country FROM ${ranking.name} WHERE late_share > country ORDER BY late_share * flights DESC LIMIT 1`,
  )
  const strikes = await warehouse.row<Strikes>(
    `SELECT maxIf(rate, month = toDate('${hub.worst_month}-01')) AS in_month, avg(rate) AS mean FROM ${rate.name}`,
  )
  const wildlifePatrol = strikes.in_month > strikes.mean
  return {
    hub: hub.airport,
    month: hub.worst_month,
    wildlifePatrol,
    reasons: [
      `${hub.airport} has the most late flights of all hubs: ${Math.round(hub.flights * hub.late_share)}`,
      `${percent(hub.late_share)} of its flights are late, ${percent(hub.country)} in the country`,
      `${hub.worst_month} was its worst month`,
      `Wildlife strikes were ${wildlifePatrol ? 'above' : 'below'} average that month: ${strikes.in_month.toFixed(1)} for every 100,000 flights, ${strikes.mean.toFixed(1)} on average`,
    ],
    read: [ranking, states, rate],
  }
}
