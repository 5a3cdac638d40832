import { addMetadata, addMetrics, asset, check, columnLineage } from '@headwater/producer'
import type { LakeFile } from '../storage/lake.ts'
import type { Table } from '../storage/warehouse.ts'
import { thousands } from '../story.ts'
import type { Workshop } from './workshop.ts'

const team = 'flight-analytics'
const job = { namespace: team, by: 'clickhouse' }
const hubFlightsADay = 300

type Month = { readonly month: string }
type Hub = { readonly hub: string }
type Scorecard = { airport: string; flights: number; late_share: number; mean_delay: number; worst_month: string }

/** Prepares flights for analysis: cleans them, sums them by day, exports them by month and scores hubs. */
export function flightAnalytics({ producer: { materialize, task, flow }, warehouse, lake, story }: Workshop) {
  const table = (name: string, title: string, description: string) =>
    asset(warehouse.keyOf(name), { name: title, description, owners: [team] })
  const file = (name: string, title: string, description: string) =>
    asset(lake.keyOf(name), { name: title, description, owners: [team], url: lake.urlOf(name) })

  const cleanFlights = materialize(
    table('flights', 'Flights', 'Flights with a plausible delay. Late means 15 minutes or more, as the FAA counts.'),
    job,
    async function clean_flights(raw: Table, airports: Table) {
      const flights = await warehouse.build(
        'flights',
        `SELECT date AS departed_at, origin, destination, distance AS distance_miles, delay AS delay_minutes,
           delay >= 15 AS late
         FROM ${raw.name} WHERE delay > -720`,
        '(origin, departed_at)',
      )
      const rejected = raw.rows - flights.rows
      const [first, last] = ['min', 'max'].map((end) => `toString(${end}(departed_at))`)
      const span = await warehouse.row<object>(`SELECT ${first} AS first, ${last} AS last FROM ${flights.name}`)
      const { strange } = await warehouse.row<{ strange: number }>(
        `SELECT uniqExact(origin) AS strange FROM ${flights.name} WHERE origin NOT IN (SELECT iata FROM ${airports.name})`,
      )
      addMetrics({ rejected_rows: rejected })
      addMetadata({ ...span, rejected: 'flights that left twelve hours early or more' })
      check({ name: 'every origin is a known airport', passed: strange === 0, expected: 0, actual: strange })
      check({ name: 'no impossible delay', passed: rejected === 0, severity: 'WARN', expected: 0, actual: rejected })
      const from = (column: string) => [{ key: raw.key, column, transformation: null }]
      columnLineage([
        { column: 'departed_at', inputs: from('date') },
        { column: 'distance_miles', inputs: from('distance') },
        { column: 'delay_minutes', inputs: from('delay') },
        { column: 'late', inputs: from('delay') },
      ])
      return flights
    },
  )

  const sumDays = materialize(
    table('daily_departures', 'Daily departures', 'Flights, late flights and mean delay by day and airport.'),
    job,
    async function sum_days(flights: Table) {
      return warehouse.build(
        'daily_departures',
        `SELECT toDate(departed_at) AS day, origin, count() AS flights, sum(late) AS late_flights,
           avg(delay_minutes) AS mean_delay
         FROM ${flights.name} GROUP BY day, origin`,
        '(day, origin)',
      )
    },
  )

  // Tasks write no asset, but their results keep their upstreams: the lists that the fan-outs below iterate over.
  const findMonths = task((daily: Table) =>
    warehouse.rows<Month>(`SELECT DISTINCT formatDateTime(day, '%Y-%m') AS month FROM ${daily.name} ORDER BY month`),
  )
  const findHubs = task((daily: Table) =>
    warehouse.rows<Hub>(
      `SELECT origin AS hub FROM ${daily.name} GROUP BY hub
       HAVING sum(flights) >= ${hubFlightsADay} * uniqExact(day) ORDER BY hub`,
    ),
  )

  const exportMonth = materialize(
    ({ month }: Month) =>
      file(`flights/${month}.parquet`, `Flights of ${month}`, 'One month of flights for other tools.'),
    job,
    async function export_month({ month }: Month, flights: Table) {
      const ofMonth = `FROM ${flights.name} WHERE formatDateTime(departed_at, '%Y-%m') = '${month}'`
      const { rows, days, expected } = await warehouse.row<{ rows: number; days: number; expected: number }>(
        `SELECT count() AS rows, uniqExact(toDate(departed_at)) AS days,
           toDayOfMonth(toLastDayOfMonth(toDate('${month}-01'))) AS expected ${ofMonth}`,
      )
      addMetrics({ rows })
      check({ name: 'flights on every day', passed: days === expected, severity: 'WARN', expected, actual: days })
      return lake.make(`flights/${month}.parquet`, (path) => warehouse.exportParquet(`SELECT * ${ofMonth}`, path))
    },
  )

  const listMonths = materialize(
    file('flights/manifest.json', 'Flights by month', 'The exported months with their size.'),
    { namespace: team },
    async function list_months(months: readonly LakeFile[]) {
      const listed = months.map(({ key, bytes }) => ({ key, bytes }))
      addMetrics({ files: months.length })
      return lake.writeJson('flights/manifest.json', listed)
    },
  )

  const scoreHub = materialize(
    ({ hub }: Hub) => file(`scorecards/${hub}.json`, `Scorecard of ${hub}`, 'Punctuality of departures from the hub.'),
    job,
    async function score_hub({ hub }: Hub, flights: Table) {
      const ofHub = `FROM ${flights.name} WHERE origin = '${hub}'`
      const card = await warehouse.row<Scorecard>(
        `SELECT '${hub}' AS airport, count() AS flights, avg(late) AS late_share, avg(delay_minutes) AS mean_delay,
           (SELECT formatDateTime(departed_at, '%Y-%m') AS month ${ofHub}
            GROUP BY month HAVING count() > 1000 ORDER BY avg(late) DESC LIMIT 1) AS worst_month
         ${ofHub}`,
      )
      addMetrics({ flights: card.flights, late_share: card.late_share })
      const punctual = { passed: card.late_share < 0.25, expected: '< 0.25', actual: card.late_share.toFixed(3) }
      check({ name: 'late less than a quarter of the time', severity: 'WARN', ...punctual })
      return lake.writeJson(`scorecards/${hub}.json`, card)
    },
  )

  const rankHubs = materialize(
    table('hub_ranking', 'Hub ranking', 'Scorecards of all hubs in one table.'),
    job,
    async function rank_hubs(scorecards: readonly LakeFile[]) {
      const cards = await Promise.all(scorecards.map((card) => lake.readJson<Scorecard>(card)))
      const columns = 'airport String, flights UInt32, late_share Float64, mean_delay Float64, worst_month String'
      return warehouse.store('hub_ranking', columns, cards)
    },
  )

  const measureRoutes = materialize(
    table('routes', 'Routes', 'Flights by route, with the reported distance and the distance between coordinates.'),
    job,
    async function measure_routes(flights: Table, airports: Table) {
      const routes = await warehouse.build(
        'routes',
        `SELECT origin, destination, count() AS flights, avg(late) AS late_share, any(distance_miles) AS reported_miles,
           any(greatCircleDistance(o.longitude, o.latitude, d.longitude, d.latitude)) / 1609.344 AS measured_miles
         FROM ${flights.name} AS f
         JOIN ${airports.name} AS o ON o.iata = f.origin JOIN ${airports.name} AS d ON d.iata = f.destination
         GROUP BY origin, destination`,
        '(origin, destination)',
      )
      const { off } = await warehouse.row<{ off: number }>(
        `SELECT countIf(abs(measured_miles / reported_miles - 1) > 0.1) AS off FROM ${routes.name}`,
      )
      check({ name: 'distances agree within 10 %', passed: off === 0, severity: 'WARN', expected: 0, actual: off })
      return routes
    },
  )

  return flow(
    'refresh_flights',
    async (raw: { flights: Table; airports: Table }) => {
      story.team(team, 'cleans, aggregates, fans out')
      const rows = ({ rows }: Table) => `${thousands(rows)} rows`
      const flights = await story.step('flights', cleanFlights(raw.flights, raw.airports), rows)
      const daily = await story.step('daily_departures', sumDays(flights), rows)
      await story.step('routes', measureRoutes(flights, raw.airports), rows)

      const months = await findMonths(daily)
      const exported = Promise.all(months.map((month) => exportMonth(month, flights)))
      const files = await story.step('flights/*.parquet', exported, (all) => `${all.length} months, found in the data`)
      await story.step('flights/manifest.json', listMonths(files), ({ bytes }) => `${bytes} bytes`)

      const hubs = await findHubs(daily)
      const scored = Promise.all(hubs.map((hub) => scoreHub(hub, flights)))
      const cards = await story.step('scorecards/*.json', scored, (all) => `${all.length} hubs, found in the data`)
      const ranking = await story.step('hub_ranking', rankHubs(cards), rows)
      return { daily, ranking }
    },
    { namespace: team },
  )
}
