import { addMetadata, addMetrics, asset, check, reference } from '@headwater/producer'
import type { LakeFile } from '../storage/lake.ts'
import type { Table } from '../storage/warehouse.ts'
import { thousands } from '../story.ts'
import { type Decision, decideCrew } from './decide-crew.ts'
import { drawDashboard, type Shown } from './draw-dashboard.ts'
import type { Workshop } from './workshop.ts'

const team = 'insights'
const job = { namespace: team, by: 'clickhouse' }

/** Tables of the other two teams. */
export type Sources = Record<'daily' | 'ranking' | 'strikes' | 'sp500' | 'stateCodes', Table>

/** Joins flights with wildlife and the stock market, lets an agent decide, and draws the dashboard. */
export function insights({ producer: { materialize, flow }, warehouse, lake, story }: Workshop) {
  const table = (name: string, title: string, description: string) =>
    asset(warehouse.keyOf(name), { name: title, description, owners: [team] })

  const sumStates = materialize(
    table('state_delays', 'Delays by state', 'Flights and late flights by state of departure.'),
    job,
    async function sum_states(daily: Table) {
      // The other team's table may be incomplete: read without the airports that have no state.
      reference(warehouse.keyOf('airport_states'))
      const states = await warehouse.build(
        'state_delays',
        `SELECT s.state AS code, sum(d.flights) AS flights, sum(d.late_flights) / sum(d.flights) AS late_share
         FROM ${daily.name} AS d JOIN ${warehouse.nameOf('airport_states')} AS s ON s.iata = d.origin
         WHERE s.state NOT IN ('', 'NA') GROUP BY code`,
        'code',
      )
      const { share } = await warehouse.row<{ share: number }>(
        `SELECT (SELECT sum(flights) FROM ${states.name}) / (SELECT sum(flights) FROM ${daily.name}) AS share`,
      )
      check({ name: 'every flight has a state', passed: share === 1, severity: 'WARN', expected: 1, actual: share })
      return states
    },
  )

  const sumStrikes = materialize(
    table('state_strikes', 'Wildlife strikes by state', 'Strikes and their cost in dollars by state.'),
    job,
    async function sum_strikes(strikes: Table, stateCodes: Table) {
      const states = await warehouse.build(
        'state_strikes',
        `SELECT c.code AS code, count() AS strikes, sum(s.\`Cost Total $\`) AS cost_dollars
         FROM ${strikes.name} AS s JOIN ${stateCodes.name} AS c ON c.state = s.\`Origin State\` GROUP BY code`,
        'code',
      )
      const { matched } = await warehouse.row<{ matched: number }>(`SELECT sum(strikes) AS matched FROM ${states.name}`)
      const found = { expected: strikes.rows, actual: matched }
      check({ name: 'every strike has a state', passed: matched === strikes.rows, severity: 'WARN', ...found })
      addMetrics({ strikes_without_state: strikes.rows - matched })
      return states
    },
  )

  const rateStrikes = materialize(
    table(
      'strike_rate',
      'Wildlife strike rate',
      'Strikes per 100,000 flights, by month. Both are samples: compare months, not other sources.',
    ),
    job,
    async function rate_strikes(strikes: Table, daily: Table) {
      return warehouse.build(
        'strike_rate',
        `SELECT month, strikes, flights, strikes / flights * 100000 AS rate
         FROM (SELECT toStartOfMonth(day) AS month, sum(flights) AS flights, uniqExact(day) AS days
               FROM ${daily.name} GROUP BY month HAVING days > 27) AS f
         JOIN (SELECT toStartOfMonth(\`Flight Date\`) AS month, count() AS strikes
               FROM ${strikes.name} GROUP BY month) AS s USING month`,
        'month',
      )
    },
  )

  const joinMarket = materialize(
    table(
      'delays_and_market',
      'Delays and the market',
      'Share of late flights and return of the S&P 500, by trading day.',
    ),
    job,
    async function join_market(daily: Table, sp500: Table) {
      const days = await warehouse.build(
        'delays_and_market',
        `SELECT day, late_share, return_percent
         FROM (SELECT day, sum(late_flights) / sum(flights) AS late_share FROM ${daily.name} GROUP BY day) AS f
         JOIN (SELECT date AS day, (close / lagInFrame(close, 1, close) OVER (ORDER BY date) - 1) * 100 AS return_percent
               FROM ${sp500.name}) AS m USING day`,
        'day',
      )
      const { correlation } = await warehouse.row<{ correlation: number }>(
        `SELECT corr(late_share, return_percent) AS correlation FROM ${days.name}`,
      )
      addMetrics({ correlation })
      return days
    },
  )

  const decide = materialize(
    asset(lake.keyOf('decisions/extra-crew.json'), {
      name: 'Where to send the extra crew',
      description: 'Which hub gets one more ground crew, decided by rules, with the tables read and the reasons.',
      owners: [team],
      url: lake.urlOf('decisions/extra-crew.json'),
    }),
    { namespace: team, type: 'agent' },
    async function crew_agent(tables: Record<'ranking' | 'states' | 'rate', Table>) {
      const decision = await decideCrew(warehouse, tables)
      const { hub, month, reasons, read } = decision
      addMetadata({ hub, month, reasons, read: read.map(({ key, rows }) => ({ key, rows })) })
      return { hub, file: await lake.writeJson('decisions/extra-crew.json', decision) }
    },
  )

  const draw = materialize(
    asset(lake.keyOf('dashboards/flight-delays.html'), {
      name: 'Flight delays dashboard',
      description: 'Delays, hubs, wildlife and the market on one page, with the decision of the day.',
      owners: [team],
      url: lake.urlOf('dashboards/flight-delays.html'),
    }),
    { namespace: team },
    async function draw_dashboard(tables: Shown, decision: LakeFile) {
      const { html, marks } = await drawDashboard(warehouse, tables, await lake.readJson<Decision>(decision))
      addMetrics({ marks })
      return lake.write('dashboards/flight-delays.html', html)
    },
  )

  return flow(
    'daily_insights',
    async ({ daily, ranking, strikes, sp500, stateCodes }: Sources) => {
      story.team(team, 'joins, decides, draws')
      const rows = ({ rows }: Table) => `${thousands(rows)} rows`
      const states = await story.step('state_delays', sumStates(daily), rows)
      const stateStrikes = await story.step('state_strikes', sumStrikes(strikes, stateCodes), rows)
      const rate = await story.step('strike_rate', rateStrikes(strikes, daily), rows)
      const market = await story.step('delays_and_market', joinMarket(daily, sp500), rows)
      const decision = await story.step(
        'crew_agent',
        decide({ ranking, states, rate }),
        (made) => `sends the crew to ${made.hub}`,
      )
      return story.step(
        'dashboard',
        draw({ daily, ranking, rate, market, states, stateStrikes }, decision.file),
        (page) => `${thousands(page.bytes)} bytes of HTML`,
      )
    },
    { namespace: team },
  )
}
