import type { Table, Warehouse } from '../storage/warehouse.ts'
import { barChart, escaped, lineChart, type Mark } from './charts.ts'
import type { Decision } from './decide-crew.ts'

export type Shown = Record<'daily' | 'ranking' | 'rate' | 'market' | 'states' | 'stateStrikes', Table>

const style = `body{font:16px system-ui,sans-serif;max-width:760px;margin:2rem auto;color:#1b2733}
figure{margin:2rem 0}figcaption{font-weight:600;margin-bottom:.5rem}svg{width:100%}rect{fill:#2f6f9f}
polyline{fill:none;stroke:#2f6f9f;stroke-width:2}text{font-size:11px;text-anchor:middle;fill:#445}
aside{border-left:4px solid #d08c2e;padding:.5rem 1rem;background:#faf5ec}`

const percent = (share: number) => `${(share * 100).toFixed(0)}%`
const oneDigit = (value: number) => value.toFixed(1)

/** Draws the page from the tables. `marks` is the number of bars and points. */
export async function drawDashboard(
  warehouse: Warehouse,
  { daily, ranking, rate, market, states, stateStrikes }: Shown,
  decision: Decision,
): Promise<{ readonly html: string; readonly marks: number }> {
  const marks = (select: string) => warehouse.rows<Mark>(select)
  const days = await marks(
    `SELECT toString(day) AS label, sum(late_flights) / sum(flights) AS value FROM ${daily.name} GROUP BY day HAVING sum(flights) > 1000 ORDER BY day`,
  )
  const hubs = await marks(`SELECT airport AS label, late_share AS value FROM ${ranking.name} ORDER BY value DESC`)
  const strikes = await marks(
    `SELECT formatDateTime(month, '%Y-%m') AS label, rate AS value FROM ${rate.name} ORDER BY month`,
  )
  const markets = await marks(
    `SELECT if(return_percent < 0, 'market fell', 'market rose') AS label, avg(late_share) AS value FROM ${market.name} GROUP BY label ORDER BY label`,
  )
  const costs = await marks(
    `SELECT code AS label, cost_dollars / 1e6 AS value FROM ${stateStrikes.name} JOIN ${states.name} USING code
     ORDER BY flights DESC LIMIT 12`,
  )
  const html = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Flight delays</title><style>${style}</style>
<h1>Flight delays, first half of 2001</h1>
<aside><strong>Decision: the extra crew goes to ${escaped(decision.hub)} in ${escaped(decision.month)}.</strong>
<ul>${decision.reasons.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul></aside>
${lineChart('Share of late flights by day', days, percent)}
${barChart('Share of late flights by hub', hubs, percent)}
${barChart('Wildlife strikes reported for every 100,000 flights', strikes, oneDigit)}
${barChart('Share of late flights on days when the S&P 500 …', markets, percent)}
${barChart('Damage by wildlife 1990 to 2002, in million dollars, in the states with most flights', costs, oneDigit)}
</html>
`
  return { html, marks: [days, hubs, strikes, markets, costs].flat().length }
}
