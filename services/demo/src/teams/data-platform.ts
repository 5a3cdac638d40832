import { addMetrics, asset, check, reference } from '@headwater/producer'
import { type VegaFile, vegaFile } from '../storage/vega-file.ts'
import type { FileFormat, Table } from '../storage/warehouse.ts'
import { thousands } from '../story.ts'
import type { Workshop } from './workshop.ts'

const team = 'data-platform'
const job = { namespace: team, by: 'clickhouse' }

/** Loads raw files into ClickHouse unchanged, and publishes tables for the other teams. */
export function dataPlatform({ producer: { materialize, flow }, warehouse, story }: Workshop) {
  const table = (name: string, title: string, description: string) =>
    asset(warehouse.keyOf(name), { name: title, description, owners: [team] })

  const loader = (source: VegaFile, name: string, format: FileFormat, columns: string) =>
    materialize(
      table(`raw_${name}`, `Raw ${name}`, `${source.asset.properties?.name}, as delivered.`),
      { ...job, name: `load_${name}` },
      async () => {
        reference(source.asset)
        return warehouse.load(`raw_${name}`, columns, source.path, format)
      },
    )

  const loadFlights = loader(
    vegaFile('flights-3m.parquet', 'US flights 2001', 'Three million US domestic flights of the first half of 2001.'),
    'flights',
    'Parquet',
    'date DateTime, delay Int32, distance Int32, origin LowCardinality(String), destination LowCardinality(String)',
  )
  const loadAirports = loader(
    vegaFile('airports.csv', 'US airports', 'US airports with their coordinates.'),
    'airports',
    'CSVWithNames',
    'iata String, name String, city String, state String, country String, latitude Float64, longitude Float64',
  )
  const loadStrikes = loader(
    vegaFile('birdstrikes.csv', 'FAA wildlife strikes', 'Aircraft that hit birds and other animals, 1990 to 2002.'),
    'strikes',
    'CSVWithNames',
    '`Airport Name` String, `Flight Date` Date, `Origin State` String, `Wildlife Species` String, ' +
      '`Effect Amount of damage` String, `Cost Total $` UInt64, `Speed IAS in knots` Nullable(UInt16)',
  )
  const loadSp500 = loader(
    vegaFile('sp500-2000.csv', 'S&P 500 daily', 'Daily prices of the index since 2000.'),
    'sp500',
    'CSVWithNames',
    'date Date, open Float64, high Float64, low Float64, close Float64, volume UInt64',
  )
  const loadZipCodes = loader(
    vegaFile('zipcodes.csv', 'US zip codes', 'Zip codes with their state and coordinates.'),
    'zipcodes',
    'CSVWithNames',
    'zip_code String, latitude Float64, longitude Float64, city String, state String',
  )
  const loadCapitals = loader(
    vegaFile('us-state-capitals.json', 'US state capitals', 'Capitals with their coordinates.'),
    'capitals',
    'JSONEachRow',
    'lon Float64, lat Float64, state String, city String',
  )

  const publishAirportStates = materialize(
    table('airport_states', 'Airport states', 'The state of every airport. Published only when no state is missing.'),
    job,
    async function publish_airport_states(airports: Table) {
      const states = await warehouse.build('airport_states', `SELECT iata, state FROM ${airports.name}`, 'iata')
      const missing = await warehouse.rows<{ iata: string }>(
        `SELECT iata FROM ${states.name} WHERE state IN ('', 'NA') ORDER BY iata`,
      )
      const found = { column: 'state', expected: 0, actual: missing.length }
      check({ name: 'every airport has a state', passed: missing.length === 0, ...found })
      addMetrics({ rows_without_state: missing.length })
      if (missing.length > 0) {
        const some = missing.slice(0, 3).map(({ iata }) => iata)
        throw new Error(`${missing.length} of ${states.rows} rows without a state: ${some.join(', ')}, …`)
      }
      return states
    },
  )

  const nameStates = materialize(
    table('state_codes', 'State codes', 'Two-letter code of each state, from the zip code nearest to its capital.'),
    job,
    async function name_states(capitals: Table, zipCodes: Table) {
      const states = await warehouse.build(
        'state_codes',
        `SELECT c.state AS state, argMin(z.state, greatCircleDistance(c.lon, c.lat, z.longitude, z.latitude)) AS code
         FROM ${capitals.name} AS c CROSS JOIN ${zipCodes.name} AS z GROUP BY c.state`,
        'state',
      )
      const { codes } = await warehouse.row<{ codes: number }>(`SELECT uniqExact(code) AS codes FROM ${states.name}`)
      check({ name: 'one code a state', passed: codes === states.rows, expected: states.rows, actual: codes })
      return states
    },
  )

  return flow(
    'ingest',
    async () => {
      story.team(team, 'loads real files into ClickHouse')
      const load = (name: string, working: Promise<Table>) =>
        story.step(name, working, ({ rows }) => `${thousands(rows)} rows`)
      const flights = await load('raw_flights', loadFlights())
      const airports = await load('raw_airports', loadAirports())
      const strikes = await load('raw_strikes', loadStrikes())
      const sp500 = await load('raw_sp500', loadSp500())
      const zipCodes = await load('raw_zipcodes', loadZipCodes())
      const capitals = await load('raw_capitals', loadCapitals())
      const stateCodes = await load('state_codes', nameStates(capitals, zipCodes))
      await story.failingStep('airport_states', publishAirportStates(airports))
      return { flights, airports, strikes, sp500, stateCodes }
    },
    { namespace: team },
  )
}
